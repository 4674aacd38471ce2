"""`earshot serve` as a process of its own, and Prefect's server asked over its API."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.command import EARSHOT, OFFLINE

PATIENCE = 180
"""Seconds; of a machine that does other things too."""


def free_port() -> int:
    """A port on which nothing listens."""
    with closing(socket.socket()) as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@dataclass
class Service:
    """A home that is served."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> str:
        """What it printed."""
        return self.log.read_text(encoding="utf-8")

    def ask(self, path: str, **body: Any) -> list[dict[str, Any]]:
        """What the API answers."""
        headers = {"content-type": "application/json"}
        sent = urllib.request.Request(f"{self.url}/api/{path}", json.dumps(body).encode(), headers)
        with urllib.request.urlopen(sent, timeout=60) as answer:
            return list(json.load(answer))

    def runs(self, *states: str) -> list[dict[str, Any]]:
        """The runs of its deployments in one of the states; what was run without a server before is none."""
        found = self.ask("flow_runs/filter", flow_runs={"state": {"type": {"any_": list(states)}}})
        return [one for one in found if one["deployment_id"]]

    def wait_for_run(self, *states: str) -> dict[str, Any]:
        """Return the first run in one of the states, once there is one."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, self.said
            with suppress(OSError):
                if found := self.runs(*states):
                    return min(found, key=lambda run: run["expected_start_time"])
            time.sleep(0.5)
        raise TimeoutError(self.said)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End all that is left of it, whatever it does."""
        for pid in left_of(self.home, self.port):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


def start(home: Path, *words: str, log: Path) -> Service:
    """Serve a home on a free port."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "EARSHOT_"))}
    port = free_port()
    with log.open("wb") as told:
        process = subprocess.Popen(
            [EARSHOT, "serve", "--home", home, "--port", str(port), *words],
            env=environment | OFFLINE, stdout=told, stderr=told, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    return Service(home, port, process, log)


def left_of(home: Path, port: int) -> list[int]:
    """The processes that serve or run the home, by what their command line and environment say."""
    if not sys.platform.startswith("linux"):
        return []
    found = []
    marks = (f"--port\0{port}".encode(), f"PREFECT_API_URL=http://127.0.0.1:{port}/api".encode())
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            said = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            if any(mark in said for mark in marks) or str(home).encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


def is_listening(port: int) -> bool:
    """Whether something answers on a port."""
    with closing(socket.socket()) as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0

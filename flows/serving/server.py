"""Prefect's own server as a process of its own: on one address, with its state in the home, until it is stopped."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

from flows.settings import Home
from transforms.errors import EarshotError, InputError

_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
START_SECONDS = 240
"""The first start of all makes Prefect's database, in half a minute where nothing else runs."""
_STOP_SECONDS = 20


@dataclass(frozen=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """Where its pages are, for who is on this computer."""
        host = _ANYWHERE.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether this computer alone can reach it."""
        if self.host == "localhost":
            return True
        with suppress(ValueError):
            return ipaddress.ip_address(self.host).is_loopback
        return False

    def require_free(self) -> None:
        """Raise InputError where the server cannot listen there."""
        try:
            family, *_, place = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0]
        except OSError as error:
            raise InputError(f"--host {self.host}: not an address of this computer ({error.strerror}).") from error
        with closing(socket.socket(family, socket.SOCK_STREAM)) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(place)
            except OSError as error:
                raise InputError(
                    f"--port {self.port}: cannot be used on {self.host} ({error.strerror}). Give a free port with"
                    " --port, or stop the program that uses this one."
                ) from error


def set_environment(address: Address, every_seconds: int | None) -> None:
    """Say to Prefect, before it is imported, where its server is, who may ask it, and how far ahead it plans.

    Pages of other sites may not ask it. Of a schedule two runs are planned, so that a computer that slept for days
    wakes up to one late night.
    """
    api = f"{address.url}/api"
    os.environ.update(
        {
            "PREFECT_API_URL": api,
            "PREFECT_SERVER_UI_API_URL": api,
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": address.url,
            "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
            "PREFECT_SERVER_SERVICES_SCHEDULER_MAX_RUNS": "2",
            "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": "1",
            "PREFECT_LOGGING_LEVEL": "INFO",  # on the pages; on standard error only what went wrong
        }
    )
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "WARNING")
    if every_seconds:
        for name, value in {
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
            "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
            "PREFECT_SERVER_SERVICES_SCHEDULER_MAX_SCHEDULED_TIME": "PT60S",
            "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME": "PT1S",
        }.items():
            os.environ.setdefault(name, value)


@contextmanager
def running(home: Home, address: Address) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the server once it answers, and stop it after the block; it ends with this process, too, however that ends.

    It writes to `state/prefect/server.log`.
    """
    log = home.state / "prefect" / "server.log"
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    start = ["prefect", "server", "start", "--host", address.host, "--port", str(address.port)]
    command = [sys.executable, "-m", "flows.serving.bound", *start]
    with log.open("wb") as told:
        # in a session of its own: Ctrl-C in a terminal is for who serves, which stops it last
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=told, stderr=told, start_new_session=True)
    try:
        _wait(server, f"{address.url}/api/health", str(log))
        yield server
    finally:
        _stop(server)


def _wait(server: subprocess.Popen[bytes], url: str, log: str) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise EarshotError(f"Prefect's server ended at once. {log} says why.")
        with suppress(OSError), closing(urllib.request.urlopen(url, timeout=5)) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise EarshotError(f"Prefect's server did not answer within {START_SECONDS} seconds. {log} may say why.")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server and what it started: asked first, then made to."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(server.pid, number)
        with suppress(subprocess.TimeoutExpired):
            server.wait(_STOP_SECONDS)
            break

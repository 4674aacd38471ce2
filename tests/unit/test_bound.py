"""A process that another one started ends with it, also where that one was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic, sleep

SERVER = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(600)"])
time.sleep(600)
"""
STARTER = """
import subprocess, sys, time
command = [sys.executable, "-m", "flows.serving.bound", "server"]
subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
time.sleep(600)
"""


def is_there(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return "Z" not in Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[:1]
    return False


def test_what_was_started_ends_with_who_started_it(tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text(SERVER, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path.cwd())])}
    starter = subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True, env=environment)
    assert starter.stdout is not None
    with closing(starter.stdout):
        deepest = int(starter.stdout.readline())
        assert is_there(deepest)
        starter.send_signal(signal.SIGKILL)
        starter.wait()
        until = monotonic() + 60
        while is_there(deepest) and monotonic() < until:
            sleep(0.05)
    assert not is_there(deepest)

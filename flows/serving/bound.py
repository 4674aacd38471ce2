"""Run a Python module for as long as the process that started it: `python -m flows.serving.bound MODULE ARGUMENT ...`.

Whoever is killed stops nothing that it started. So what is started has the reading end of a pipe as its standard input,
which ends with the process that holds the other: then it ends, with all that it started in its session.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
from threading import Thread
from time import sleep

_STOP_SECONDS = 20


def _end_with_starter() -> None:
    while os.read(0, 1024):
        pass
    os.killpg(0, signal.SIGTERM)
    sleep(_STOP_SECONDS)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    Thread(target=_end_with_starter, daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)

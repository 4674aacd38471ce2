"""Charts drawn in a process of their own, which starts while the work that they show is still being done.

vl-convert needs 0.8 s to start its JavaScript engine and lets no other thread of its process work meanwhile.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_beside: ContextVar[ProcessPoolExecutor | None] = ContextVar("drawing_beside", default=None)


@contextmanager
def drawing_beside() -> Iterator[None]:
    """Have what the block draws drawn by a process beside it, which ends with the block, or with this process.

    A block inside another one uses its process. Where no process can be started, each chart is drawn in this one.
    """
    pool = _started() if _beside.get() is None else None
    if pool is None:
        yield
        return
    token = _beside.set(pool)
    try:
        yield
    finally:
        _beside.reset(token)
        for process in list(pool._processes.values()):
            process.kill()  # it holds nothing that could be lost, and may be in the midst of its start
        pool.shutdown()


def draw(spec: dict[str, Any]) -> str:
    """Return the chart of a Vega-Lite specification as SVG text; nothing is fetched from anywhere."""
    pool = _beside.get()
    if pool is not None:
        from concurrent.futures import BrokenExecutor

        with suppress(BrokenExecutor):  # where the other process is gone, the chart is drawn in this one
            return pool.submit(_draw, spec).result()
    return _draw(spec)


def _draw(spec: dict[str, Any]) -> str:
    from vl_convert import vegalite_to_svg

    drawn: str = vegalite_to_svg(spec, allowed_base_urls=[])
    return drawn


def _started() -> ProcessPoolExecutor | None:
    """Return a pool of one process, the engine of which is starting; None where the system has no means for it.

    It is a new Python, as a fork of a process with threads is none to rely on. A new process of multiprocessing would
    first import the program that was started: for nothing, and where that is a script, to run it a second time.
    """
    from concurrent.futures import ProcessPoolExecutor  # 0.03 s: only when something is drawn
    from multiprocessing import get_context

    main = sys.modules["__main__"]
    try:
        pool = ProcessPoolExecutor(1, get_context("spawn"), _end_with_parent)
        sys.modules["__main__"] = ModuleType("__main__")
        pool.submit(_draw, {"mark": "bar", "data": {"values": []}})
    except (ImportError, NotImplementedError, OSError):  # no semaphores, or no room for a process
        return None
    finally:
        sys.modules["__main__"] = main
    return pool


def _end_with_parent() -> None:
    """Let this process end when the one that started it does, also where that is killed; leave Ctrl-C to that one."""
    from multiprocessing import parent_process
    from threading import Thread

    def end() -> None:
        if parent is not None:
            parent.join()
        os._exit(0)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    Thread(target=end, daemon=True).start()

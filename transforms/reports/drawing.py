"""Charts drawn in a process of their own, which starts while the work that they show is still being done.

vl-convert needs 0.8 s to start its JavaScript engine and lets no other thread of its process work meanwhile. A chart
that was drawn before is kept: on a night on which nothing changed no engine starts.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_MOST_KEPT = 60
"""So many charts are kept, the youngest: those of some nights, and of a report."""


class Beside:
    """The process beside a block, which starts when it is first wanted."""

    def __init__(self) -> None:
        self.pool: ProcessPoolExecutor | None = None
        self._is_begun = False

    def begin(self) -> ProcessPoolExecutor | None:
        """Return the pool of the process, the engine of which is starting; None where none can be started."""
        if not self._is_begun:
            self._is_begun, self.pool = True, _started()
        return self.pool


_beside: ContextVar[Beside | None] = ContextVar("drawing_beside", default=None)
_kept: ContextVar[Path | None] = ContextVar("charts_kept", default=None)


@contextmanager
def drawing_beside(kept: Path | None = None) -> Iterator[None]:
    """Have what the block draws drawn by a process beside it, which ends with the block, or with this process.

    The process starts with the first chart, or where `expect_charts` says that some will come. A block inside another
    one uses its process. Where no process can be started, each chart is drawn in this one. With `kept`, a folder,
    charts are taken from there where they were drawn before, and kept there.
    """
    own = Beside()
    is_kept, is_beside = _kept.set(kept), _beside.set(_beside.get() or own)
    try:
        yield
    finally:
        _kept.reset(is_kept)
        _beside.reset(is_beside)
        if own.pool is not None:
            for process in list(own.pool._processes.values()):
                process.kill()  # it holds nothing that could be lost, and may be in the midst of its start
            own.pool.shutdown()


def expect_charts() -> None:
    """Have the process beside start now, as charts will come that were never drawn."""
    if beside := _beside.get():
        beside.begin()


def draw(spec: dict[str, Any]) -> str:
    """Return the chart of a Vega-Lite specification as SVG text; nothing is fetched from anywhere."""
    folder = _kept.get()
    if folder is None:
        return _drawn(spec)
    import json

    from transforms.kept_parts import keep_parts, key_of, recall_parts

    key = key_of([json.dumps(spec), _engine()], [])
    parts = recall_parts(folder, "chart", key)
    if parts is not None and "svg" in parts:
        return parts["svg"].decode()
    drawn = _drawn(spec)
    keep_parts(folder, "chart", key, {"svg": drawn.encode()}, _MOST_KEPT)
    return drawn


@cache
def _engine() -> str:
    """By what version charts are drawn."""
    from importlib.metadata import version

    return version("vl-convert-python")


def _drawn(spec: dict[str, Any]) -> str:
    beside = _beside.get()
    pool = beside.begin() if beside else None
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

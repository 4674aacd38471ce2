"""Charts drawn in a process of their own, which starts while the work that they show is still being done.

vl-convert needs 0.8 s to start its JavaScript engine and lets no other thread of its process work meanwhile.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

_beside: ContextVar[subprocess.Popen[str] | None] = ContextVar("drawing_beside", default=None)


@contextmanager
def drawing_beside() -> Iterator[None]:
    """Have what the block draws drawn by a process beside it, which ends with the block, or with this process.

    A block inside another one uses its process.
    """
    if _beside.get() is not None:
        yield
        return
    command = [sys.executable, "-P", __file__]  # run as a file: it imports nothing but the library
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    ) as process:
        token = _beside.set(process)
        try:
            yield
        finally:
            _beside.reset(token)
            process.kill()  # it holds nothing that could be lost
            if process.stdin is not None:
                with suppress(OSError):  # what could not be sent any more
                    process.stdin.close()


def draw(spec: dict[str, Any]) -> str:
    """Return the chart of a Vega-Lite specification as SVG text; nothing is fetched from anywhere."""
    process = _beside.get()
    if process is not None and process.stdin is not None and process.stdout is not None:
        with suppress(OSError, ValueError):  # where the other process is gone, the chart is drawn in this one
            process.stdin.write(json.dumps(spec) + "\n")
            process.stdin.flush()
            return str(json.loads(process.stdout.readline()))
    return _draw(spec)


def _draw(spec: dict[str, Any]) -> str:
    from vl_convert import vegalite_to_svg

    drawn: str = vegalite_to_svg(spec, allowed_base_urls=[])
    return drawn


def serve() -> None:
    """Draw what comes in, a specification a line, until nothing comes any more."""
    _draw({"mark": "bar", "data": {"values": []}})
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_draw(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()

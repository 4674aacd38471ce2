"""A process that is killed at a moment of taking a home over: `python -m tests.support.taking_over MOMENT HOME`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows.settings import Home
from tests.support.old_homes import take_over as taken
from transforms.migrations import take_over


def _die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _then_die(step: Callable[..., Any]) -> Callable[..., Any]:
    def done(*given: Any, **named: Any) -> None:
        step(*given, **named)
        _die()

    return done


def _half(path: Path, to: Path) -> None:
    to.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    _die()


@contextmanager
def _committed(connection: Any) -> Iterator[None]:
    with transaction(connection):
        yield
    _die()


transaction = take_over.transaction
AT: dict[str, tuple[Any, str, Any]] = {
    "half of it is copied": (take_over.shutil, "copyfile", _half),
    "it is copied": (take_over, "back_up", _then_die(take_over.back_up)),
    "it is migrated": (take_over, "derive_again", _die),
    "all is derived": (take_over, "derive_again", _then_die(take_over.derive_again)),
    "all is checked": (take_over, "write_meta", _then_die(take_over.write_meta)),
    "it is committed": (take_over, "transaction", _committed),
}
"""The moments, and what is put in place of which step."""


def main(moment: str, home: str) -> None:
    """Take the home over, and die at that moment."""
    setattr(*AT[moment])
    taken(Home(Path(home)))


if __name__ == "__main__":
    main(*sys.argv[1:])

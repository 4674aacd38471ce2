"""Watch over a night: tell of it when it ends or fails, and leave or take away the file reports/FAILED."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.config import ConfigError
from flows.notices.channels import configured, warn, write_private
from flows.notices.message import Message, of_failure, of_night
from flows.notices.outbox import deliver, tell
from flows.settings import Home, now
from transforms.errors import EarshotError
from transforms.visible import visible

_TIME = "%Y-%m-%d %H:%M:%S"


class Night:
    """A night that is watched over; `result` is what the flow returned, once it did."""

    result: Mapping[str, Any] | None = None


_WATCHED: dict[Path, Night] = {}
"""The nights that this process watches over: the command does, and so does the flow in it."""


@contextmanager
def watching(home: Home) -> Iterator[Night]:
    """Tell of the night that the block runs: when it ends, and of any error that it raises, which stays as it is.

    Checks the configuration first. A block inside one of the same home is part of that night. No notice that fails
    changes what becomes of the night.
    """
    root = home.root.resolve()
    if root in _WATCHED:
        yield _WATCHED[root]
        return
    night = _WATCHED[root] = Night()
    try:
        home.config  # noqa: B018  all faults of it are told before anything is done
        yield night
    except Exception as error:  # of every kind: a night that fails without a word is the worst; it is raised again
        _failed(home, error)
        raise
    else:
        _ended(home, night.result)
    finally:
        del _WATCHED[root]


def last_night(home: Home) -> datetime | None:
    """Return when the last night ended that got through, UTC; None where none did, or none is noted."""
    try:
        told = json.loads((home.state / "night.json").read_text(encoding="utf-8"))
        return datetime.strptime(told["ended_at"], _TIME)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def mark(home: Home, failed: str, to_do: str) -> None:
    """Leave reports/FAILED: when, which command, what failed, what to do."""
    command = shlex.join(["earshot", "nightly", "--home", str(home.root.resolve())])
    told = f"When: {now():{_TIME}} UTC\nCommand: {command}\nWhat failed: {failed}\nWhat to do: {to_do}\n"
    write_private(home.failed, visible(told))


def quietly(home: Home, what: Callable[[], Message]) -> dict[str, str]:
    """Tell of what happened, where a channel is configured; an error on the way is told on standard error alone."""
    try:
        config = home.config
        return tell(home, what()) if configured(config) else deliver(home, config)
    except Exception as error:  # noqa: BLE001  a notice that fails never fails the night
        warn(f"a notice could not be made or kept ({type(error).__name__}: {error}).")
        return {}


def _failed(home: Home, error: Exception) -> None:
    if not home.reports.is_dir():  # no home, so nowhere to leave anything
        return
    again = "Run the command again by hand. Its message says more."
    with _any_error_told():
        mark(home, f"{type(error).__name__}: {error}", "See above." if isinstance(error, EarshotError) else again)
    if not isinstance(error, ConfigError):
        quietly(home, lambda: of_failure(home, error))


def _ended(home: Home, result: Mapping[str, Any] | None) -> None:
    if result is None:
        return
    refused = result["refused"]
    with _any_error_told():
        told = {"ended_at": f"{now():{_TIME}}", "run_id": result["screened"].run_id, "files_not_loaded": len(refused)}
        write_private(home.state / "night.json", json.dumps(told) + "\n")
        if refused:
            mark(home, "files were not loaded.\n" + "\n".join(refused.values()), "Correct them. The rest was screened.")
        else:
            with suppress(FileNotFoundError):
                home.failed.unlink()
    quietly(home, lambda: of_night(home, result))


@contextmanager
def _any_error_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        warn(f"{error.filename}: {error.strerror}.")

"""Prefect for a home: its state below that of the home, no telemetry, and a server only where one serves the home."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.serving.note import served_at
from flows.settings import Home


@contextmanager
def prefect_for(home: Home, *, verbose: bool) -> Iterator[None]:
    """Set Prefect's environment for one run, before it is imported: no server is needed.

    Where `earshot serve` serves the home, the run is one of that server's. Expects the home to be held.
    """
    prepare(home)
    os.environ["PREFECT_LOGGING_LEVEL"] = "INFO" if verbose else "CRITICAL"
    if served := served_at(home):
        os.environ.setdefault("PREFECT_API_URL", served)
    yield
    mark_ready(home)


def prepare(home: Home) -> None:
    """Set what holds for every process of Prefect's that works for the home.

    The first start of all makes Prefect's database in many steps, and one that was broken off in the middle of them is
    never mended by Prefect: what a run left that did not get through is made anew.
    """
    state = home.state / "prefect"
    if not is_ready(home):
        shutil.rmtree(state, ignore_errors=True)
    home.state.mkdir(parents=True, exist_ok=True)  # without it Prefect waits for its server in vain, for minutes
    os.environ.update(
        {
            "PREFECT_HOME": str(state.resolve()),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",  # the first start of all migrates its database
        }
    )


def is_ready(home: Home) -> bool:
    """Return whether a first start of Prefect got through in this home."""
    return _mark(home).exists()


def mark_ready(home: Home) -> None:
    """Note that a first start got through."""
    _mark(home).touch()


def _mark(home: Home) -> Path:
    return home.state / "prefect.ready"

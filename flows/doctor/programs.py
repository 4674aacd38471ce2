"""The programs: versions and whether they fit, the memory of the machine, and where Prefect keeps its runs."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from flows.doctor.check import Check, fault, ok, sized, warning
from flows.settings import VERSION, Home

NAMED = ("duckdb", "prefect", "great-expectations", "pyarrow", "pandas")
LEAST_MEMORY = 4e9
"""Bytes with which a history of a million lines is screened without a thought."""
_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def look_at_programs(home: Home) -> Iterator[Check]:
    """Yield what is told of versions, memory and Prefect."""
    found = ", ".join(f"{name} {_version(name) or 'missing'}" for name in NAMED)
    said = f"Earshot {VERSION}, Python {platform.python_version()}, {found}, SQLite {sqlite3.sqlite_version}"
    if unfit := list(_unfit()):
        yield fault(
            "versions-unfit", f"{said}. Not as Earshot needs them: {'; '.join(unfit)}",
            "Install Earshot again with its lock: pip install -r requirements.lock, see docs/install.md.",
        )  # fmt: skip
    else:
        yield ok("versions", said)
    yield _memory()
    yield _prefect(home)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _unfit() -> Iterator[str]:
    """Yield what is missing, or there in a version that Earshot does not work with."""
    from packaging.requirements import Requirement

    for line in requires("earshot") or ():
        needed = Requirement(line)
        if needed.marker is not None and not needed.marker.evaluate({"extra": ""}):
            continue
        there = _version(needed.name)
        if there is None:
            yield f"{needed.name} is missing"
        elif not needed.specifier.contains(there, prereleases=True):
            yield f"{needed.name} {there} (needed: {needed.specifier})"


def _memory() -> Check:
    whole = float("inf")
    with suppress(OSError, ValueError, AttributeError):
        whole = float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for path in _LIMITS:
        with suppress(OSError, ValueError):
            whole = min(whole, float(path.read_text(encoding="ascii")))
    if whole == float("inf"):
        return ok("memory", "The system does not say how much memory it has")
    if whole < LEAST_MEMORY:
        return warning(
            "memory-little", f"{sized(whole)} of memory; a history of a million lines needs {sized(LEAST_MEMORY)}",
            "Give the machine or container more memory where a night ends for want of it.",
        )  # fmt: skip
    return ok("memory", f"{sized(whole)} of memory")


def _prefect(home: Home) -> Check:
    if url := os.environ.get("PREFECT_API_URL"):
        return warning(
            "prefect-elsewhere", f"PREFECT_API_URL is set: runs of the nightly job are told to {url}",
            "Unset it where no Prefect server of yours is meant.",
        )  # fmt: skip
    return ok("prefect", f"Prefect keeps its runs in {home.state / 'prefect'}; no server is needed")

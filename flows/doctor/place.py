"""The folder of a home: whether it is one, what it weighs, who may read it, who holds it, and its settings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from flows.doctor.check import Check, fault, ok, sized, warning
from flows.settings import RULES, Home, now
from transforms.errors import EarshotError
from transforms.holding import NOTE, read_holder

SPARE = 500e6
"""Bytes that are to be free beside what a night needs."""
LONG_HOURS = 12
"""A job that runs for longer than this may hang."""
_GROWING = ("landed", "reports", "archive", "mirror", "quarantine", "rulebooks", "state", "logs")


def look_at_place(home: Home) -> Iterator[Check]:
    """Yield what is told of the folder; of one that is no home only that."""
    try:
        home.require()
    except EarshotError as error:
        code = "home-lost" if home.inbox.is_dir() else "no-home"
        yield fault(code, str(error), "Create one, or name another one with --home." if code == "no-home" else "")
        return
    yield ok("home", f"{home.root.resolve()}")
    yield _size(home)
    yield _disk(home)
    yield _rights(home)
    yield _open(home)
    yield _lock(home)
    yield _settings(home)


def weight(path: Path) -> int:
    """Return the bytes of a file, or of all files below a folder."""
    if path.is_file():
        return path.stat().st_size
    weighed = 0
    for folder, _, names in os.walk(path):
        for name in names:
            with suppress(OSError):  # it went in the meantime
                weighed += (Path(folder) / name).lstat().st_size
    return weighed


def _size(home: Home) -> Check:
    parts = {"earshot.duckdb": weight(home.database), **{name: weight(home.root / name) for name in _GROWING}}
    told = sorted(((size, name) for name, size in parts.items() if size), reverse=True)[:4]
    most = "; most: " + ", ".join(f"{name} {sized(size)}" for size, name in told) if told else ""
    return ok("size", f"{sized(sum(parts.values()))} in all{most}")


def _disk(home: Home) -> Check:
    free = shutil.disk_usage(home.root).free
    # an upgrade makes a second copy of the database; a file is landed, staged and stored
    needed = weight(home.database) + 3 * weight(home.inbox) + SPARE
    said = f"{sized(free)} free, {sized(needed)} needed for an upgrade and what is in the inbox"
    return ok("disk", said) if free >= needed else fault("disk-full", said, "Free disk space before the next night.")


def _rights(home: Home) -> Check:
    if all(os.access(one, os.W_OK) for one in (home.root, home.inbox, home.landed, home.reports, home.state)):
        return ok("rights", "The home can be written to")
    return warning(
        "read-only", "The home cannot be written to by this user: it can be asked, and nothing can be loaded",
        "Run it as the user who owns the home, or give this user the right to write.",
    )  # fmt: skip


def _open(home: Home) -> Check:
    if told := home.open_to_others():
        said, _, do = told.removeprefix("Warning: ").partition(" To keep the home private: ")
        return warning("open-to-others", said, do)
    return ok("private", "No other user of this system can read the home")


def _lock(home: Home) -> Check:
    from datetime import datetime, timedelta

    holder = read_holder(home.root / NOTE)
    if holder is None:
        return ok("lock", "No job is running")
    if not _is_held(home.root / NOTE):
        return ok("lock", f"No job is running; {holder} was ended before its time, which the next job clears away")
    since = f"since {holder.since} UTC"
    with suppress(ValueError):
        if now() - datetime.fromisoformat(holder.since) > timedelta(hours=LONG_HOURS):
            return warning("held-long", f"{holder} is at work {since}", "Look at logs/earshot.log for what it is at.")
    return ok("lock", f"{holder} is at work {since}")


def _is_held(note: Path) -> bool:
    """Return whether the lock is taken. Only asked where a job left its note: for a moment, the look has the lock."""
    from filelock import lock_descriptor

    try:
        with note.open("rb") as stream:
            return not lock_descriptor(stream.fileno(), blocking=False)
    except OSError:  # no locks here, or none that a reader may ask for
        return True


def _settings(home: Home) -> Check:
    from flows.config import read_config
    from transforms.ingest.door.checks import read_checks
    from transforms.layouts.read import read_layouts

    own: list[tuple[str, Callable[[], object]]] = [
        ("configuration", lambda: read_config(home.root)),
        ("layouts", lambda: read_layouts(home.layouts)),
        ("intake checks", lambda: read_checks(home.door)),
        ("rulebook", lambda: _read_own_rules(home)),
    ]
    for what, read in own:
        try:
            read()
        except EarshotError as error:
            first, *more = str(error).splitlines()
            rest = f" (and {len(more)} more)" if more else ""
            return fault("settings", f"{what}: {first}{rest}", "Correct it: no job runs until then.")
    return ok("settings", "Configuration, layouts, intake checks and rules can be read")


def _read_own_rules(home: Home) -> None:
    """Read rules and lists where the home has its own."""
    from flows.jobs.law import read_law

    rules = home.root / "rules"
    if rules.is_dir() or home.lists.is_dir():
        read_law(rules if rules.is_dir() else RULES)

"""The nights of a home: how the last one ended and when, and what waits in the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from flows.config import default_config, read_config
from flows.doctor.check import Check, fault, ok, warning
from flows.settings import Home, now
from flows.watch.metrics import Sample, read_kept
from transforms.errors import InputError

NIGHTLY = "earshot nightly"


def look_at_nights(home: Home) -> Iterator[Check]:
    """Yield what is told of the last night and of the inbox."""
    late = _late(home)
    yield from _last(home, read_kept(home).get(NIGHTLY, []), late)
    waiting = sorted(one for one in home.inbox.iterdir() if not one.name.startswith("."))
    if not waiting:
        yield ok("inbox", "Nothing waits in the inbox")
        return
    since = min(datetime.fromtimestamp(one.lstat().st_mtime, UTC).replace(tzinfo=None) for one in waiting)
    said = f"{len(waiting):,} waiting in the inbox, the oldest since {since:%Y-%m-%d %H:%M} UTC"
    if now() - since > late:
        yield warning("inbox-waits", said, "Run it, and read why a file is refused: earshot nightly")
    else:
        yield ok("inbox", said)


def _late(home: Home) -> timedelta:
    """After how long without a night one did not run; of a configuration that cannot be read, the default."""
    try:
        config = read_config(home.root)
    except InputError:
        config = default_config(home.root)
    late: timedelta = config.value("notify.late_after")
    return late


def _last(home: Home, samples: list[Sample], late: timedelta) -> Iterator[Check]:
    figures = {one.name: one.value for one in samples if set(one.labels) == {"command"}}
    if "earshot_job_end_timestamp_seconds" not in figures:
        if home.failed.is_file():
            yield fault("night-failed", f"A night failed: {home.failed} says why", "Run: earshot nightly")
        else:
            yield ok("last-night", "No nightly job has ended in this home yet")
        return
    ended = _moment(figures["earshot_job_end_timestamp_seconds"])
    said = f"The last nightly job ended {ended:%Y-%m-%d %H:%M} UTC"
    refused = sum(one.value for one in samples if one.name == "earshot_files_refused")
    if not figures.get("earshot_job_success"):
        well = figures.get("earshot_job_success_timestamp_seconds")
        before = f"the last that did, {_moment(well):%Y-%m-%d %H:%M} UTC" if well else "none did before"
        yield fault(
            "night-failed", f"{said} and failed; {before}",
            "Read reports/FAILED and logs/earshot.log, correct the cause, and run it again: earshot nightly",
        )  # fmt: skip
    elif refused:
        yield warning("night-refused", f"{said}; it refused {refused:,.0f} files", "Read why: earshot nightly")
    else:
        yield ok("last-night", f"{said}, well")
    if now() - ended > late:
        hours = (now() - ended) // timedelta(hours=1)
        yield warning(
            "night-late", f"No nightly job has ended for {hours:,} hours",
            "See that the schedule runs: docs/nightly.md",
        )  # fmt: skip


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)

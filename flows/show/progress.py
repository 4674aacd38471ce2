"""How far a job is, on standard error, where that is a terminal: a line from its third second on, taken away again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from flows.show import ERR
from transforms.visible import visible

if TYPE_CHECKING:
    from rich.text import Text

    from flows.watch.course import Course, Standing

FIRST_SECONDS, EACH_SECONDS = 2.0, 0.25
_BAR, _NARROW = 20, 100
"""The length of the bar; a window of fewer columns has none."""
WORDS = {
    "files": "", "file": "", "nightly": "", "screening": "screening", "prefect": "starting Prefect",
    "fit": "finding its layout", "stage": "reading the file", "rows": "reading the rows",
    "insert": "reading the rows", "repeats": "finding repeats", "check": "intake check",
    "history": "comparing with earlier files", "situations": "grouping lines", "mirror": "mirroring",
    "fetch": "fetching from the bucket",
    "law": "reading the rulebook", "reread": "reading facts", "records": "reading the records",
    "match": "matching AES filings", "contexts": "adding facts of other records", "values": "adding up shipments",
    "parties": "screening parties", "other records": "adding facts of other records", "decide": "deciding",
    "find": "finding lines", "compare": "comparing with AES", "follow": "following findings",
    "write": "writing the report", "spreadsheet": "writing the workbook", "charts": "measuring and drawing",
    "past": "reading the lines", "ask": "deciding under both rulebooks", "answer": "writing the answer",
    "tables": "reading every table", "proofs": "checking files of runs", "proof": "checking files of runs",
    "repeat": "repeating a run", "outside": "finding records past their years",
    "archive": "moving records to the archive",
}  # fmt: skip
"""What a phase is called on the screen; one without a word of its own is called by its name."""


def is_seen() -> bool:
    """Return whether standard error is a terminal, so that somebody looks on."""
    return ERR.is_terminal and not ERR.is_dumb_terminal


@contextmanager
def shown(course: Course) -> Iterator[None]:
    """Show the course of a job while the block runs; in a pipe, nothing."""
    if not is_seen():
        yield
        return
    over = Event()
    thread = Thread(target=_show, args=(course, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _show(course: Course, over: Event) -> None:
    if over.wait(FIRST_SECONDS):
        return
    from rich.live import Live

    with Live(console=ERR, auto_refresh=False, transient=True) as live:
        while True:
            live.update(line_of(course.root.phase.name, course.standing(), ERR.width), refresh=True)
            if over.wait(EACH_SECONDS):
                return


def line_of(job: str, standing: Standing, width: int) -> Text:
    """Return the line of a job: what it is at, its share, what is done of what, the rate, and the time left."""
    from rich.text import Text

    words = [WORDS.get(name, name) for name in standing.words[1:]]
    doing = next((word for word in reversed(words) if word), "")
    title = visible(standing.title)
    what = ": ".join(word for word in (job.capitalize(), title, doing) if word)
    figures = [f"{standing.share * 100:3.0f} %"]
    if standing.size and standing.unit:
        figures += [_done(standing), f"{_amount(standing.rate, standing.unit)}/s"]
    figures.append(f"{_time(standing.left)} left" if standing.left is not None else "time left unknown")
    bar = "" if width < _NARROW else f"{'━' * round(standing.share * _BAR):╌<{_BAR}} "
    told = f"{bar}{' · '.join(figures)}"
    room = max(width - len(told) - 3, 12)
    cut = what if len(what) <= room else what[: room - 1] + "…"
    return Text(f"{cut}  {told}", style="", no_wrap=True, overflow="crop")


def _done(standing: Standing) -> str:
    done, _, _ = _amount(standing.done, standing.unit).rpartition(" ")
    return f"{done} of {_amount(standing.size, standing.unit)}"


def _amount(number: float, unit: str) -> str:
    return f"{number / 1e6:,.1f} MB" if unit == "bytes" else f"{number:,.0f} {unit}"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"

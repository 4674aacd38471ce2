"""The log of a home: `logs/earshot.log` for people and `logs/earshot.jsonl` for programs, a line for each event.

At the level `info` it names no party and no shipment: commands, phases, counts, classes of errors, and files by the
first letters of their sha256, by which `landed/` names them. A name of a file may be that of a customer, and the
sentence of an error may quote a record: they come in at the level `debug` alone.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.config import read_config
from flows.settings import VERSION, Home
from transforms.errors import DoorStopped, InputError
from transforms.visible import visible

if TYPE_CHECKING:
    from flows.jobs.screening import Screened
    from flows.watch.course import Node
    from flows.watch.job import Job
    from transforms.ingest.load import Loaded

TEXT, LINES = "earshot.log", "earshot.jsonl"
MOST_BYTES, KEPT = 5_000_000, 20
"""From this size on a file is rotated when the next job begins; at most so many earlier ones are kept."""
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_DEEP = 3
"""Phases within so many others are told at the level `debug`."""


class _Text(logging.Formatter):
    """Time in UTC, level, event, then what is known of it."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, on which nothing acts that stands in the texts of others."""
        known = dict(record.msg) if isinstance(record.msg, dict) else {"event": record.getMessage()}
        told = [str(known.pop("event")), *(f"{key}={_plain(value)}" for key, value in known.items())]
        return visible(f"{self.formatTime(record, _TIME)} {record.levelname} {' '.join(told)}").replace("\n", " ")


class Log:
    """The log of a job; without files where the home cannot be written to."""

    def __init__(self, handlers: list[logging.Handler], level: int) -> None:
        self._logger = logging.Logger("earshot", level)  # of its own: nothing of other libraries comes in
        for handler in handlers:
            self._logger.addHandler(handler)

    @classmethod
    def of(cls, home: Home) -> Log:
        """Return the log of a home, its files rotated where they have grown; they are for this user alone."""
        from pythonjsonlogger.json import JsonFormatter

        level, keep = _settings(home)
        handlers: list[logging.Handler] = [logging.NullHandler()]  # without any, Python would write to standard error
        with suppress(OSError):
            home.logs.mkdir(mode=0o700, exist_ok=True)
            lines = JsonFormatter(
                "%(asctime)s %(levelname)s", _TIME, rename_fields={"asctime": "time", "levelname": "level"}
            )
            lines.converter = time.gmtime
            for name, formatter in ((TEXT, _Text()), (LINES, lines)):
                # never while a job runs: another one may write to the same file, and only adds lines to it
                handler = RotatingFileHandler(home.logs / name, maxBytes=0, backupCount=KEPT, encoding="utf-8")
                if (home.logs / name).stat().st_size >= MOST_BYTES:
                    handler.doRollover()
                _forget(home.logs, name, keep)
                handler.setFormatter(formatter)
                handler.handleError = _let_be  # type: ignore[method-assign]  # a full disk ends no job
                handlers.append(handler)
        return cls(handlers, level)

    def begun(self, job: Job) -> None:
        """Log that a job begins."""
        self._tell(logging.INFO, "job-begun", job, version=VERSION)

    def passed(self, job: Job, node: Node, above: tuple[Node, ...]) -> None:
        """Log that a phase of a job ended."""
        level = logging.INFO if len(above) < _DEEP else logging.DEBUG
        if self._logger.isEnabledFor(level):
            path = "/".join(one.phase.name for one in (*above[1:], node))
            self._tell(level, "phase-ended", job, phase=path, seconds=round(node.seconds(), 3))

    def loaded(self, job: Job, one: Loaded) -> None:
        """Log what became of the rows of a file."""
        counts = {key: getattr(one, key) for key in ("rows_in", "loaded", "duplicates", "restated", "quarantined")}
        named = {"file": one.file_name} if self._logger.isEnabledFor(logging.DEBUG) else {}
        self._tell(logging.INFO, "file-loaded", job, sha256=one.sha256[:16], kind=one.kind, **counts, **named)

    def refused(self, job: Job, error: BaseException) -> None:
        """Log that a file was refused."""
        self._tell(logging.WARNING, "file-refused", job, **self._error(error))

    def screened(self, job: Job, screened: Screened) -> None:
        """Log what a screening came to."""
        counts: Counter[str] = Counter()
        for one in screened.findings.values():
            counts.update({f"findings_{outcome}": findings for outcome, findings in one.items()})
        self._tell(
            logging.INFO, "screened", job, lines=screened.lines, situations=screened.situations,
            lines_undetermined=screened.lines_undetermined, **counts,
        )  # fmt: skip

    def ended(self, job: Job) -> None:
        """Log how a job ended, and close the files."""
        seconds = round(job.course.root.seconds(), 3)
        if job.error is None:
            self._tell(logging.INFO, "job-ended", job, seconds=seconds)
        else:
            self._tell(logging.ERROR, "job-failed", job, seconds=seconds, **self._error(job.error))
        for handler in self._logger.handlers:
            handler.close()

    def _error(self, error: BaseException) -> dict[str, Any]:
        told: dict[str, Any] = {"error": type(error).__name__}
        if isinstance(error, DoorStopped):
            told["codes"] = list(error.codes)
        if self._logger.isEnabledFor(logging.DEBUG):
            told["said"] = str(error)
        return told

    def _tell(self, level: int, event: str, job: Job, **known: Any) -> None:
        run = {"run_id": job.run_id} if job.run_id else {}
        self._logger.log(level, {"event": event, "job": job.id, "command": job.command, **run, **known})


def _settings(home: Home) -> tuple[int, timedelta]:
    """Return the level, and how long earlier files are kept; where the configuration is at fault, as without one."""
    with suppress(InputError):
        config = read_config(home.root)
        return getattr(logging, config.value("log.level").upper()), config.value("log.keep")
    return logging.INFO, timedelta(days=30)


def _forget(folder: Path, name: str, keep: timedelta) -> None:
    """Remove earlier files of a log that were written to for the last time before that long."""
    for path in folder.glob(f"{name}.*"):
        if path.stat().st_mtime < time.time() - keep.total_seconds():
            path.unlink(missing_ok=True)


def _plain(value: object) -> str:
    text = str(value)
    return f'"{text}"' if " " in text or not text else text


def _let_be(record: logging.LogRecord) -> None:
    del record

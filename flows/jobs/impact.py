"""What would another rulebook have said of the past? Asked of a home that is only read, and written as a report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.jobs.clock import present, tell_past
from flows.opening import opened
from flows.settings import VERSION, Home, now, sample_hashes
from transforms.errors import InputError
from transforms.phases import phase
from transforms.private import make_private

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from transforms.impact.answer import Answer
    from transforms.impact.past import Past
    from transforms.reports.impact.page import Setting
    from transforms.rulebook.law import Law
    from transforms.rulebook.model import Rulebook

_MONTHS = 24


@dataclass(frozen=True)
class Impact:
    """A finished impact analysis: what is told of it, and where it was written."""

    told: dict[str, Any]
    report: Path

    def as_json(self) -> dict[str, Any]:
        """Return the result in the keys of the command's contract, and the rest of what is told."""
        return {**self.told, "report": str(self.report)}


class WhatIf:
    """A past that is held open, to put one question after another to it; the home is only read."""

    def __init__(
        self, past: Past, rulebook: Rulebook, law: Law, inputs: list[dict[str, Any]], rates_sha256: str | None
    ) -> None:
        self._past, self._rulebook, self._law, self._inputs = past, rulebook, law, inputs
        self._rates = [{"rates_sha256": rates_sha256}] if rates_sha256 else []

    def ask(
        self,
        rules: Sequence[str] = (),
        *,
        baseline: Path | None = None,
        without: Sequence[str] = (),
        as_dated: bool = False,
        since: date | None = None,
    ) -> Answer:
        """Return what these rules would have caught; see `earshot impact --help` for what may be asked."""
        from transforms.impact.answer import name_answer, tell
        from transforms.impact.read import read_question
        from transforms.impact.what_if import ask
        from transforms.reports.summary.settle import SETTLES

        self._asked = read_question(
            self._rulebook, rules, baseline=baseline, without_ids=without, as_dated=as_dated, since=since, law=self._law
        )
        ask(self._past, self._asked.question)
        run_id = name_answer(self._asked, self._past, [*self._inputs, *self._rates], VERSION)
        self._answer = tell(self._asked, self._past, run_id, VERSION, SETTLES)
        return self._answer

    def rows(self) -> pa.Table:
        """Return the lines behind the last answer: one row per line and rule whose outcome differs."""
        from transforms.impact.answer import read_rows

        return read_rows(self._past, self._asked, self._answer.run_id)

    def setting(self) -> Setting:
        """Return what a page says beside the answers: the sources of the lines, and what is not screened."""
        from transforms.reports.impact.page import read_setting

        return read_setting(self._rulebook, self._inputs, sample_hashes())


@contextmanager
def open_past(
    home: Home, first_day: date | None = None, last_day: date | None = None, known_at: datetime | None = None
) -> Iterator[WhatIf]:
    """Yield the home's lines exported from `first_day` until `last_day`; by default those of the last 24 months.

    Opened once, it answers one question after another in well under a second.
    """
    from flows.jobs.law import read_law
    from transforms.impact.past import Past
    from transforms.ingest.rates import rates_known
    from transforms.reports.run import read_inputs

    home.require()
    if not home.database.is_file():
        raise InputError(f"{home.root}: no data is loaded. Load an extract first: earshot ingest FILE")
    until = last_day or max(now().date(), first_day or date.min)
    start = first_day or months_before(until, _MONTHS)
    if until < start:
        raise InputError(f"--from {start}: after --to {until}. Give a first date on or before the last date.")
    with phase("law"):
        rules = read_law(home.rules, home.made)
    rulebook, law = rules.rulebook, rules.law
    with opened(home, "earshot impact", read_only=True) as connection:
        moment = known_at or present(connection)
        if known_at is not None:
            tell_past(connection, known_at)
        with phase("past"):
            past = Past(connection, law, moment, start, until)
        yield WhatIf(past, rulebook, law, read_inputs(connection, moment), rates_known(connection, moment))


def what_if(
    home: Home | Path | str,
    rules: Sequence[str] | str = (),
    *,
    first_day: date | str | None = None,
    last_day: date | str | None = None,
    baseline: Path | str | None = None,
    without: Sequence[str] | str = (),
    as_dated: bool = False,
    since: date | str | None = None,
    known_at: datetime | None = None,
) -> pd.DataFrame:
    """Return one row per line and rule whose outcome differs, for a notebook; `attrs["impact"]` holds all counts.

    Nothing is written. A single rule may be given as it is, a day also as YYYY-MM-DD. To ask more than once, hold the
    past open with `open_past`.
    """
    where = home if isinstance(home, Home) else Home(Path(home))
    rules, without = ([one] if isinstance(one, str) else one for one in (rules, without))
    with open_past(where, _day(first_day), _day(last_day), known_at) as past:
        base = Path(baseline) if baseline else None
        answer = past.ask(rules, baseline=base, without=without, as_dated=as_dated, since=_day(since))
        frame: pd.DataFrame = past.rows().to_pandas()
    frame.attrs["impact"] = answer.told
    return frame


def find_impact(
    home: Home,
    rules: Sequence[str] = (),
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    baseline: Path | None = None,
    without: Sequence[str] = (),
    as_dated: bool = False,
    since: date | None = None,
    known_at: datetime | None = None,
) -> Impact:
    """Ask, and write the answer into a folder of the reports: `impact.html`, `.xlsx`, `.parquet` and `.json`."""
    with open_past(home, first_day, last_day, known_at) as past, phase("ask"):
        answer = past.ask(rules, baseline=baseline, without=without, as_dated=as_dated, since=since)
        rows, setting = past.rows(), past.setting()
    with phase("answer"):
        return Impact(answer.told, write_impact(home.reports, answer, rows, setting))


def write_impact(reports: Path, answer: Answer, rows: pa.Table, setting: Setting) -> Path:
    """Write the files of an answer and return their folder, which appears whole or not at all.

    The same answer gives the same bytes. A workbook that somebody filled in since is kept beside the new one.
    """
    import duckdb

    from transforms.reports.folder import begin_folder, put_in_place
    from transforms.reports.impact.page import render_impact
    from transforms.reports.impact.workbook import write_impact_book
    from transforms.reports.run import ROW_GROUP

    folder = reports / answer.run_id
    partial = begin_folder(folder)
    with duckdb.connect() as connection:
        connection.from_arrow(rows).write_parquet(
            str(partial / "impact.parquet"), compression="zstd", row_group_size=ROW_GROUP
        )
    text = json.dumps(answer.told, indent=2, ensure_ascii=False)
    (partial / "impact.json").write_text(text + "\n", encoding="utf-8")
    (partial / "impact.html").write_text(render_impact(answer.told, rows, setting), encoding="utf-8")
    book = write_impact_book(answer.told, rows, partial / "impact.xlsx")
    held = folder / book.name
    if held.exists() and held.read_bytes() != book.read_bytes():
        _keep(held, partial)
    put_in_place(partial, folder)
    return folder


def months_before(day: date, months: int) -> date:
    """Return the first day of the stretch of so many months that ends on `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last)) + timedelta(days=1)


def _day(given: date | str | None) -> date | None:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError as error:
        raise InputError(f"{given}: not a date. Write it as YYYY-MM-DD.") from error


def _keep(held: Path, folder: Path) -> None:
    """Keep a workbook that was changed by hand, under the first free name."""
    number = 1
    while any((one / f"{held.stem}-edited-{number}{held.suffix}").exists() for one in (folder, held.parent)):
        number += 1
    kept = folder / f"{held.stem}-edited-{number}{held.suffix}"
    shutil.copy2(held, kept)
    make_private(kept)

"""Run the examples of a rulebook through the real reading and screening, all in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb

from transforms.ingest.extract import SQL as READING
from transforms.line import NAMES
from transforms.rulebook.compile import Law, compile_law
from transforms.rulebook.model import Case, Rulebook
from transforms.rulebook.places import read_table
from transforms.screening.screen import SQL, screen
from transforms.situations.derive import FACTS_STEP, add_situations
from transforms.sql import chain, read_sql
from transforms.store import SCHEMA

_DAY = date(2000, 1, 1)
_MOMENT = datetime(2000, 1, 1)
_READING = {"export_on_forms": ["%Y-%m-%d"], "tendered_on_forms": ["%Y-%m-%d"], "decimal": "."}


@dataclass(frozen=True)
class CaseResult:
    """What one example came to: its rule, its sentence, what was expected and what was found."""

    rule_id: str
    case: Case
    export_on: date | None
    outcome: str
    missing: tuple[str, ...]
    because: str

    @property
    def failures(self) -> list[str]:
        """What is not as the example says; empty when all is."""
        found = []
        if self.outcome != self.case.expect:
            found.append(f"expected {self.case.expect}, found {self.outcome}: {self.because or 'out of scope'}")
        if self.case.missing and self.case.missing != self.missing:
            found.append(f"expected missing {list(self.case.missing)}, found {list(self.missing)}")
        if self.case.because and self.case.because not in self.because:
            found.append(f"expected because to say {self.case.because!r}, it says {self.because!r}")
        return found


@dataclass(frozen=True)
class _CaseRun:
    run_id: str = "cases"
    as_of: date = _DAY
    known_at: datetime | None = None
    known_until: datetime = _MOMENT
    rulebook_hash: str = ""


def run_cases(rulebook: Rulebook, law: Law | None = None) -> list[CaseResult]:
    """Return one result per example, by rule and in the order of its file.

    `law` may be given in place of the rulebook's own: the same examples under a changed law.
    """
    asked = [(rule_id, case) for rule_id, file in sorted(rulebook.cases.items()) for case in file.cases]
    if not asked:
        return []
    with duckdb.connect() as connection:
        connection.execute(read_sql(SCHEMA))
        connection.execute(read_sql(READING / "macros.sql"))
        _create(connection, "country_forms", read_table(rulebook.tables_dir / "country_names.csv"))
        _create(connection, "incoming", _lines(asked))
        connection.execute(
            "insert into lines by name "
            + chain(READING / "typed.sql", READING / "subject.sql", FACTS_STEP, READING / "versioned.sql"),
            {"batch_id": 1, "known_from": _MOMENT, **_READING},
        )
        add_situations(connection, 1)
        screen(connection, law or compile_law(rulebook), _CaseRun())
        rows = connection.execute(read_sql(SQL / "case_outcomes.sql")).fetchall()
    found = {(rule_id, number): row for rule_id, number, *row in rows}
    results = []
    for number, (rule_id, case) in enumerate(asked):
        unread: list[object] = [None, "unreadable", [], "a value of the line cannot be read"]
        export_on, outcome, missing, because = found.get((rule_id, number), unread)
        results.append(CaseResult(rule_id, case, export_on, outcome, tuple(missing), because))
    return results


def _lines(asked: Sequence[tuple[str, Case]]) -> list[dict[str, str | None]]:
    return [
        {name: case.line.get(name) for name in NAMES}
        | {"shipment_id": rule_id, "line_number": str(number), "source": "cases", "row_number": None}
        for number, (rule_id, case) in enumerate(asked)
    ]


def _create(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Mapping[str, str | None]]) -> None:
    """Make a temporary table with one text column per key of `rows`."""
    columns = ", ".join(f'"{column}" varchar' for column in rows[0])
    connection.execute("create temp table " + name + " (" + columns + ")")
    connection.execute(
        "insert into " + name + " by name select unnest(row) from (select unnest($rows) as row)", {"rows": list(rows)}
    )


def folder_of(rulebook: Rulebook, rule_id: str) -> Path:
    """Return the folder in which a rule of the rulebook lies."""
    return rulebook.cases[rule_id].path.parent

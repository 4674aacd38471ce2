"""Run the examples of the comparisons with AES, through the real matching and comparing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from transforms.compare.compare import find_differences
from transforms.compare.examples import ComparisonCase, ComparisonCaseFile
from transforms.compare.rules import Comparison
from transforms.ingest.recall import recall
from transforms.match.match import match_filings
from transforms.pipeline import Row as DatedRow
from transforms.pipeline import give
from transforms.store import open_memory, tables_of_home

_MOMENT = datetime(2000, 1, 1)
_BESIDE = "X99999999999999"

Row = Mapping[str, str | None]


@dataclass(frozen=True)
class ComparisonResult:
    """What one example came to: its rule, its sentence, what was expected and what was found."""

    rule_id: str
    case: ComparisonCase
    export_on: date | None
    outcome: str
    missing: tuple[str, ...]
    because: str

    @property
    def failures(self) -> list[str]:
        """What is not as the example says; empty when all is."""
        found = []
        if self.outcome != self.case.expect:
            found.append(f"expected {self.case.expect}, found {self.outcome}: {self.because or 'no difference'}")
        if self.case.missing and self.case.missing != self.missing:
            found.append(f"expected missing {list(self.case.missing)}, found {list(self.missing)}")
        if self.case.because and self.case.because not in self.because:
            found.append(f"expected because to say {self.case.because!r}, it says {self.because!r}")
        return found


def run_comparison_cases(
    comparisons: Sequence[Comparison],
    cases: Mapping[str, ComparisonCaseFile],
    parameters: Sequence[DatedRow] = (),
    *,
    statuses: Sequence[DatedRow],
) -> list[ComparisonResult]:
    """Return one result per example of these comparisons, by rule and in the order of its file.

    Beside each example stand a line and a filing of their own, which match, on the day that the example gives as
    `covered_on`, else on its own day: on days without filings nothing is missing. `parameters` are the numbers of the
    law that terms name, `statuses` its status words of filings. Raises RulebookError with every fault of the SQL that
    shows on the examples.
    """
    known = {rule.id for rule in comparisons}
    asked = [
        _Asked(number, file, case)
        for number, (file, case) in enumerate(
            (file, case) for rule_id, file in sorted(cases.items()) if rule_id in known for case in file.cases
        )
    ]
    # the days covered are those of all filings loaded: who asks for other days than his own stands alone
    together = [[one for one in asked if not one.case.covered_on], *([one] for one in asked if one.case.covered_on)]
    with open_memory() as connection:
        connection.execute(tables_of_home())
        give(connection, "subjects")
        run = (
            result for some in together if some for result in _run(connection, comparisons, parameters, statuses, some)
        )
        results = list(run)
    return [result for _, result in sorted(results, key=lambda numbered: numbered[0])]


@dataclass(frozen=True)
class _Asked:
    """One example and its number, which keeps its ITNs and references apart from those of the others."""

    number: int
    file: ComparisonCaseFile
    case: ComparisonCase

    @property
    def export_on(self) -> str | None:
        return next(side.get("export_on") for side in (self.case.line, self.case.filing) if side is not None)

    def rows(self, table: str) -> list[Row]:
        """The rows of the example in one table, that of its own included which stands beside it."""
        usual = self.file.defaults.line if table == "lines" else self.file.defaults.filing
        side = self.case.line if table == "lines" else self.case.filing
        name = "shipment_id" if table == "lines" else "shipment_reference"
        day = str(self.case.covered_on or self.export_on)
        beside = {"itn": _BESIDE, name: "beside", "invoice_number": "beside", "line_number": "1", "export_on": day}
        known = {"source": f"case {self.number}", "known_from": str(_MOMENT), "batch_id": str(self.number)}
        rows = [usual | beside] + ([] if side is None else [side])
        return [
            {column: self._own(column, value) for column, value in row.items()} | known | {"identity_hash": str(at)}
            for at, row in enumerate(rows)
        ]

    def _own(self, column: str, value: str | None) -> str | None:
        if not value or column not in ("itn", "shipment_id", "shipment_reference", "invoice_number"):
            return value
        if column == "itn" and re.fullmatch(r"X\d{14}", value):
            return f"{value[:9]}{self.number:04}{value[13:]}"  # its date stays that of a filing
        return f"{value} case {self.number}"

    def as_written(self, because: str) -> str:
        """The sentence with the ITNs that the example gave."""
        for side in (self.case.line, self.case.filing):
            itn = side.get("itn") if side else None
            because = because.replace(self._own("itn", itn) or "", itn) if itn else because
        return because


def _run(
    connection: duckdb.DuckDBPyConnection,
    comparisons: Sequence[Comparison],
    parameters: Sequence[DatedRow],
    statuses: Sequence[DatedRow],
    asked: list[_Asked],
) -> list[tuple[int, ComparisonResult]]:
    for table in ("lines", "filings"):
        _fill(connection, table, [row for one in asked for row in one.rows(table)])
    said_of_eei = [
        {name: one.rows("lines")[1][name] for name in ("source", "shipment_id", "line_number")}
        | {"rule_id": "eei-filing", "outcome": one.case.eei_filing}
        for one in asked
        if one.case.line is not None and one.case.eei_filing != "clear"
    ]
    ids = {one.file.rule_id for one in asked}
    recall(connection, _MOMENT, statuses)
    placed = connection.sql("select null::ubigint as situation_key, * from current_lines")
    give(connection, "placed_lines", placed.to_arrow_table())
    give(connection, "found", said_of_eei)
    match_filings(connection, _MOMENT, parameters)
    find_differences(connection, [rule for rule in comparisons if rule.id in ids], parameters)
    query = "select source, rule_id, outcome, missing, because from compared where itn not like $beside or itn is null"
    found = {
        (source, rule_id): said
        for source, rule_id, *said in connection.execute(query, {"beside": f"%{_BESIDE[6:]}"}).fetchall()
    }
    results = []
    for one in asked:
        outcome, missing, because = found.get((f"case {one.number}", one.file.rule_id), ("clear", [], ""))
        day = date.fromisoformat(one.export_on) if one.export_on else None
        said = outcome, tuple(missing), one.as_written(because)
        results.append((one.number, ComparisonResult(one.file.rule_id, one.case, day, *said)))
    return results


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Fill a table anew, texts read as the types of its columns; a column that a row does not name is NULL."""
    names = sorted({name for row in rows for name in row})
    connection.execute(f"truncate {table}")
    if rows:
        whole = [{name: row.get(name) for name in names} for row in rows]
        columns = ", ".join(f"row.{name}::varchar as {name}" for name in names)
        query = f"insert into {table} by name select {columns} from (select unnest($rows) as row)"
        connection.execute(query, {"rows": whole})

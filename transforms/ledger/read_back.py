"""A sheet of findings that a person filled in, read back: what was decided, and every row that cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from transforms.cells.workbook import is_workbook, sheet_names, sheet_texts
from transforms.columns import column_of, heading
from transforms.errors import InputError, told
from transforms.ledger.choose import Row, find_rows
from transforms.ledger.decide import REOPEN, Decision
from transforms.ledger.sheet import (
    DECIDED,
    FORMS,
    HEADINGS,
    SHEET,
    WHOLE_LINE,
    plain,
    row_mark,
    shown,
    state_mark,
    text_of,
)
from transforms.ledger.whole_line import SheetRow, spread, unseen
from transforms.sheets import numbered_rows, read_headings, require_file

_TOKEN = re.compile("[0-9a-f]{16}-[0-9a-f]{16}")


@dataclass
class Returned:
    """What came back: decisions by finding id, rows that decide nothing, and rows that are recorded already."""

    decisions: dict[str, Decision] = field(default_factory=dict)
    empty: int = 0
    recorded: int = 0
    whole_lines: int = 0
    """Rows that decide a line as a whole."""


def read_decisions_sheet(connection: duckdb.DuckDBPyConnection, path: Path, today: date) -> Returned:
    """Return what the filled rows of an export decide; expects `decidable`.

    Raises InputError with every row that cannot be taken, by its number: unknown, stale (the finding changed since),
    altered, twice, of an unknown status, without a reason.
    """
    returned, faults, seen = Returned(), list[str](), dict[str, int]()
    listed = _read(path)
    deciding, unclear = spread(listed)
    returned.empty = len(listed) - len(deciding)
    rows = find_rows(connection, [one.finding_id for one in deciding])
    missing = unseen(connection, deciding)
    for one in deciding:
        problems = _problems(connection, one, rows.get(one.finding_id), seen)
        if one.number in unclear:
            problems.append(unclear[one.number])
        decision = _decision(one, problems)
        if not problems and decision and _is_recorded(rows[one.finding_id], decision, connection):
            returned.recorded += 1
            continue
        if not problems and one.number in missing:
            problems.append(missing[one.number])
        if not problems and state_mark(rows[one.finding_id]) != one.token.split("-")[0]:
            now = rows[one.finding_id]
            problems.append(
                f"stale: the finding changed after the export. It is now {now['outcome']} and {now['state']}. Export it"
                " again."
            )
        if not problems and decision:
            problems += decision.faults(today)
            if decision.status == REOPEN and rows[one.finding_id]["decided_in"] is None:
                problems.append("has no decision to withdraw")
            returned.decisions[one.finding_id] = decision
            returned.whole_lines += one.applies_to == WHOLE_LINE and one.led_by is None
        by = f" (decided by row {one.led_by}, {WHOLE_LINE})" if one.led_by else ""
        faults += [f"{path.name}, row {one.number}{by}: {problem}" for problem in problems]
    if faults:
        raise InputError("No decision was recorded:\n" + told(faults, 100))
    return returned


def _read(path: Path) -> list[SheetRow]:
    require_file(path)
    if not is_workbook(path) or SHEET not in sheet_names(path):
        raise InputError(
            f"{path.name}: the sheet {SHEET!r} is missing. Create one with: earshot dispose --export FILE.xlsx"
        )
    rows = ([plain(cell) for cell in cells] for cells in sheet_texts(path, SHEET, "."))
    found = tuple(map(column_of, read_headings(rows)))
    if found not in FORMS:
        wanted = ", ".join(map(heading, HEADINGS))
        raise InputError(f"{path.name}: the columns differ from the export. Required, in this order: {wanted}.")
    filled, shown = FORMS[found]
    at = len(filled)
    return [
        SheetRow(
            number,
            dict(zip(filled, texts[:at], strict=True)),
            dict(zip(shown, texts[at:-1], strict=True)),
            texts[-1],
        )
        for number, texts in numbered_rows(path.name, rows, len(found))
    ]


def _problems(connection: duckdb.DuckDBPyConnection, one: SheetRow, row: Row | None, seen: dict[str, int]) -> list[str]:
    """Return why the row cannot be taken for the finding that it names."""
    first = seen.setdefault(one.finding_id, one.number)
    if first != one.number:
        return [f"the finding is also in row {first}; decide about it once"]
    if row is None:
        known = connection.execute("select 1 from ledger where finding_id = ?", [one.finding_id]).fetchall()
        if known:
            return ["stale: the last screening does not make this finding any more; there is nothing to decide"]
        return [f"unknown: there is no finding {one.finding_id or 'without an id'}"]
    state, _, mark = one.token.partition("-")
    if not _TOKEN.fullmatch(one.token) or row_mark(list(one.shown.values()), state) != mark:
        return [_alteration(one, row, state)]
    return []


def _alteration(one: SheetRow, row: Row, state: str) -> str:
    """Say what was altered: which cells, where the finding is still as it was exported."""
    changed: Mapping[str, tuple[str, str]] = {
        name: (was, found)
        for name, found in one.shown.items()
        if name != "line_findings" and (was := text_of(shown(row, name))) != found  # those of others may have changed
    }
    if state == state_mark(row) and changed:
        cells = "; ".join(
            f"{heading(name)} says {found[:60]!r}, not {was[:60]!r}" for name, (was, found) in changed.items()
        )
        return f"altered: {cells}. Only {', '.join(map(heading, one.filled))} are to be filled in"
    return (
        "altered: its cells or its token are not as they were exported; only"
        f" {', '.join(map(heading, one.filled))} are to be filled in"
    )


def _decision(one: SheetRow, problems: list[str]) -> Decision | None:
    reason, evidence, expires = (one.filled[name] for name in ("reason", "evidence", "expires_on"))
    try:
        expires_on = date.fromisoformat(expires) if expires else None
    except ValueError:
        problems.append(f"expires_on {expires}: not a day; write it as YYYY-MM-DD")
        return None
    return Decision(one.status, reason, evidence, expires_on)


def _is_recorded(row: Row, decision: Decision, connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether the last decision about the finding is this one, and stands."""
    said = (decision.status, decision.reason, decision.evidence, decision.expires_on)
    if decision.status != REOPEN:
        return row["decided_in"] is not None and said == tuple(row[name] for name in DECIDED)
    if row["decided_in"] is not None:
        return False
    last = connection.execute(
        "select status, reason, evidence, expires_on from dispositions where finding_id = ?"
        " order by entry desc limit 1",
        [row["finding_id"]],
    ).fetchall()
    return bool(last) and last[0] == said

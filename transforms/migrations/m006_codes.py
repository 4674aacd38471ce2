"""To schema 6: problems in quarantine and checks of the door have codes, and no view on a file of elsewhere is kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb

from transforms.pipeline import give
from transforms.sql_text import literal

REASONS = (
    ("fewer columns than headings", "too-few-columns"),
    ("more columns than headings", "too-many-columns"),
    ("a quotation mark is not closed", "unclosed-quote"),
    ("longer than ", "too-long"),
    ("bytes that are not ", "not-text"),
    ("no shipment reference", "missing"),
    ("no ITN", "missing"),
    ("no part number", "missing"),
    ("not a whole number", "not-a-whole-number"),
    ("not a date", "not-a-date"),
    ("before valid_from", "before-valid-from"),
    ("not a number", "not-a-number"),
    ("a number in two ways", "number-in-two-ways"),
    ("not a known country", "unknown-country"),
    ("not one of Y, N", "not-a-flag"),
    ("not one of ", "not-allowed"),
    ("a formula that failed", "formula-error"),
    ("not filled in yet", "not-confirmed"),
    ("not one ECCN", "not-an-eccn"),
    ("two different rows", "two-rows"),
)
"""How the sentences of schemas 4 and 5 began, and the code of each; what begins in no such way is `unknown`."""
OF_COLUMNS = ("emptied", "filled_less", "form", "above_zero", "size", "large", "seen")
"""The checks of schemas 4 and 5 whose names ended in the name of a column."""
_VIEWS = ("incoming", "last_findings")


def migrate(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Give each problem its code by its sentence, and each check by its name; take views of loading out."""
    del folder
    for view in _VIEWS:
        connection.execute(f"drop view if exists {view}")
    begins = " ".join(f"when starts_with(p.reason, {literal(one)}) then {literal(code)}" for one, code in REASONS)
    # an `alter ... using` that calls functions cannot be replayed from the log of a process that was killed
    connection.execute("alter table quarantine add column problems.element.code varchar")
    connection.execute(
        "update quarantine set problems = list_transform(problems, lambda p: struct_pack(column_name := p.column_name,"
        f" recorded := p.recorded, reason := p.reason, code := case {begins} else 'unknown' end))"
    )
    _name_checks(connection)


def _name_checks(connection: duckdb.DuckDBPyConnection) -> None:
    """Add `code` and `column` to what each extract kept of its checks, and codes to those that a person let in."""
    kept = connection.execute("select batch_id, door from batches where door is not null").fetchall()
    rows = [{"batch_id": batch_id, "door": _with_codes(door)} for batch_id, door in kept]
    give(connection, "coded_doors", rows, columns={"batch_id": "integer", "door": "varchar"})
    connection.execute("update batches as b set door = c.door from coded_doors as c where c.batch_id = b.batch_id")
    connection.execute("drop table temp.coded_doors")
    connection.execute("alter table accepted add column codes varchar[]")
    for batch_id, failed in connection.execute("select batch_id, failed from accepted").fetchall():
        codes = [code_of(name)[0] for name in failed or ()]
        connection.execute("update accepted set codes = ? where batch_id = ?", [codes, batch_id])


def _with_codes(door: str) -> str:
    return json.dumps([
        {**one, "code": code_of(one["name"])[0], "column": code_of(one["name"])[1]} for one in json.loads(door)
    ])  # fmt: skip


def code_of(name: str) -> tuple[str, str]:
    """Return the code of a check, and the column that it was of, by its name."""
    family = next((one for one in OF_COLUMNS if name.startswith(f"{one}_")), name)
    return re.sub("[^a-z0-9]+", "-", family.lower()).strip("-"), name[len(family) + 1 :]

"""What is seen of a file once its rows are read: columns, first rows, what is wrong, and which rules can judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from transforms.ingest.arrival import Arrival
from transforms.ingest.extract import open_extract
from transforms.ingest.load import Loaded
from transforms.ingest.texts import read_texts
from transforms.kinds import RecordKind
from transforms.look.model import ColumnLook, Look, RowLook, RuleLook, Unread
from transforms.look.needs import ALSO_BY, Needs
from transforms.pipeline import Stage, make_view
from transforms.sql import chain, read_sql

LOOK = Stage(
    name="look",
    folder=Path(__file__).parent / "sql",
    reads=("staged", "incoming", "quarantine", "lines"),
)
SHOWN_ROWS, SAMPLED_ROWS = 6, 200
_MALFORMED = {
    "eccn": "not in the form of an ECCN",
    "schedule_b": "not a ten-digit number",
    "origin_df": "neither D nor F",
    "value_usd": "zero or less",
    "itn": "not in the required format (X + 14 digits)",
}


def look(arrival: Arrival, loaded: Loaded, needs: Sequence[Needs]) -> Look:
    """Return what is seen of the rows that were staged and read; expects them in the database of `arrival`."""
    connection, kind = arrival.connection, arrival.kind
    open_extract(connection, arrival.found)
    unread = [
        Unread(row["column_name"], row["code"], row["reason"], row["row_count"], row["examples"])
        for row in LOOK.read(connection, "unread_values")
    ]
    of_columns = [*unread, *(_malformed(connection) if kind.is_screened else ())]
    return Look(
        kind.name, kind.noun, loaded.rows_in, loaded.loaded, loaded.duplicates, loaded.restated, loaded.quarantined,
        loaded.left_out,
        _columns(arrival, of_columns), _first_rows(arrival), unread,
        _rules(connection, arrival, loaded.loaded + loaded.restated, needs), loaded.read_as,
    )  # fmt: skip


def _columns(arrival: Arrival, unread: Sequence[Unread]) -> list[ColumnLook]:
    """Return the columns in the order of the file, and after them what the layout says of every row."""
    found = arrival.found
    first = LOOK.read(arrival.connection, "first_values", {"most": SAMPLED_ROWS})
    values = {row["place"]: list(dict.fromkeys(row["told"])) for row in first}
    fed: dict[int, list[str]] = {}
    for name, place in found.positions.items():
        fed.setdefault(place, []).append(name)
    columns = []
    for place, heading in enumerate(arrival.headings):
        feeds = fed.get(place, [])
        wrong = [one for one in unread if one.column in feeds]
        make_view(arrival.connection, "told_column", f"select c{place} as told from staged")
        (full,) = LOOK.read(arrival.connection, "filled_column")
        samples = values.get(place, [full["sample"]] if full["sample"] else [])[:3]
        columns.append(
            ColumnLook(heading, feeds, samples, full["filled"], full["distinct_values"], unread=wrong)
        )
    for name, value in found.layout.constants.items():
        wrong = [one for one in unread if one.column == name]
        columns.append(ColumnLook("", [name], [], 0, 0, value, wrong))
    return columns


def _malformed(connection: duckdb.DuckDBPyConnection) -> list[Unread]:
    return [
        Unread(name, "malformed", _MALFORMED[name], row["row_count"], row["examples"], is_loaded=True)
        for row in LOOK.read(connection, "malformed_values")
        for name in (row["column_name"],)
    ]


def _first_rows(arrival: Arrival) -> list[RowLook]:
    """Return the first rows; the view `incoming` has no others afterwards."""
    connection, kind = arrival.connection, arrival.kind
    LOOK.make(connection, "first_cells", {"most": SHOWN_ROWS})
    make_view(connection, "incoming", "from first_cells")
    read_texts(connection, kind, arrival.reading)
    typed = connection.execute(chain(kind.sql / "typed.sql") + " order by row_number", _asked(arrival))
    names = [column[0] for column in typed.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in typed.fetchall()]
    cells = connection.execute("select row_number, cells from first_cells order by row_number").fetchall()
    as_came = dict(cells)
    return [
        RowLook(row["row_number"], as_came[row["row_number"]], _becomes(row, kind), bool(row["is_unread"]))
        for row in rows
    ]


def _asked(arrival: Arrival) -> dict[str, Any]:
    text = read_sql(arrival.kind.sql / "typed.sql")
    return {name: value for name, value in arrival.reading.items() if f"${name}" in text}


def _becomes(row: Mapping[str, Any], kind: RecordKind) -> dict[str, str | None]:
    return {name: None if row.get(name) is None else _told(row[name]) for name in kind.names}


def _told(value: Any) -> str:
    text = str(value)
    return text.rstrip("0").rstrip(".") if hasattr(value, "as_tuple") and "." in text else text


def _rules(
    connection: duckdb.DuckDBPyConnection, arrival: Arrival, lines: int, needs: Sequence[Needs]
) -> list[RuleLook]:
    """Return each rule with the columns that the file lacks for it, and the lines that fill all that it needs."""
    absent = set(arrival.found.absent)
    lacking = {name for name in absent if ALSO_BY.get(name) not in arrival.kind.by_name.keys() - absent}
    wanted = {name for one in needs for column in one.columns for name in (column, ALSO_BY.get(column, column))}
    counted = []
    if needs:
        chosen = f"select columns(lambda one: list_contains($wanted, one)) from {arrival.kind.table}"
        make_view(connection, "looked_records", chosen, {"wanted": sorted(wanted)})
        counted = LOOK.read(connection, "recorded_columns")
    told = []
    for one in needs:
        lacks = [name for name in one.columns if name in lacking]
        also = [name for name in one.also if name in lacking and name not in lacks]
        recorded = sum(row["line_count"] for row in counted if _records(row, one.columns))
        of_all = lines if lacks or not one.columns else recorded
        told.append(RuleLook(one.rule_id, one.title, one.group, list(one.columns), lacks, also, of_all))
    return told


def _records(recorded: Mapping[str, Any], columns: Sequence[str]) -> bool:
    return all(recorded.get(name) or recorded.get(ALSO_BY.get(name, "")) for name in columns)

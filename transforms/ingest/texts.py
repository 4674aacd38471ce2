"""Read each text once that is not read at sight: an extract says few ECCNs, legends and days, in many rows.

What reads a cell at sight costs little and stands in the steps of every row (`typed.sql`). What reads the ways of
writing of companies costs a hundred times as much: it is asked of the texts that need it, and not planned where none
does. `sql/texts/` holds a question (`odd_...`) and an answer (`..._texts`) for each kind of text; a license is one of
two cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from transforms.kinds import RecordKind
from transforms.pipeline import add_rows, give, make_table, make_view
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql" / "texts"


_ODD = {"told": "varchar"}
ANSWERS: dict[str, dict[str, str]] = {
    "itn_texts": {**_ODD, "itn": "varchar"},
    "exemption_texts": {**_ODD, "exemption": "varchar", "itn": "varchar"},
    "eccn_texts": {**_ODD, "beside_nlr": "varchar", "alone": "varchar", "has_nlr": "boolean"},
    "license_texts": dict.fromkeys(("code", "number", "sole_code", "sole_number"), "varchar"),
    "amount_texts": {**_ODD, "amount": "decimal(18, 4)"},
    "day_texts": {"column_name": "varchar", **_ODD, "day": "date"},
}
"""By the table of its answers, the columns of each kind of text, with their types."""


def read_texts(connection: duckdb.DuckDBPyConnection, kind: RecordKind, reading: Mapping[str, Any]) -> None:
    """Leave a table of answers for each kind of text that `typed.sql` of the kind asks for, of the rows of `incoming`.

    `reading` holds the layout's ways of writing dates and numbers.
    """
    for table, columns in ANSWERS.items():
        give(connection, table, columns=columns)
    one_column = {"itn": "itn", "eei_exemption": "exemption", "eccn": "eccn"}
    for name in one_column.keys() & kind.by_name.keys():
        _answer(connection, one_column[name], (name,), reading)
    _answer(connection, "amount", kind.names_of("number"), reading)
    for name in kind.names_of("date"):
        values = {"column": name, "forms": reading[f"{name}_forms"], "time_zone": reading["time_zone"]}
        _answer(connection, "day", (name,), values)
    if "license_code" in kind.by_name:
        _answer(connection, "license", ("license_code", "license_number"), reading)


def _answer(
    connection: duckdb.DuckDBPyConnection, text: str, columns: Sequence[str], values: Mapping[str, Any]
) -> None:
    """Add the answers of a kind of text, where any of the columns has odd ones."""
    if not columns:
        return
    told = " union all ".join(f"select {name} as told from incoming" for name in columns)
    make_view(connection, "told_cells", told)
    if make_table(connection, "odd_texts", read_sql(SQL / f"odd_{text}s.sql"), values):
        add_rows(connection, f"{text}_texts", read_sql(SQL / f"{text}_texts.sql"), values)

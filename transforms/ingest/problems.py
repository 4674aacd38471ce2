"""What can be wrong with a row that is set aside: a short code for each, which counts go by, and its sentence.

A code stays what it is once a home holds it; a sentence may be reworded here, and nowhere else. SQL names codes
(`problem` in `sql/words/problems.sql`), the sentence is added as the row goes into quarantine. `data/README.md`
lists them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from transforms.kinds import RecordKind
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"
TWO_ROWS = "two-rows"
SENTENCES = {
    # of the row as a whole: it is no CSV
    "too-few-columns": "fewer columns than headings",
    "too-many-columns": "more columns than headings; put text that contains the delimiter in quotation marks",
    "unclosed-quote": "a quotation mark is not closed, or is not doubled inside a quoted text",
    "too-long": "longer than 2,000,000 bytes",
    "not-text": "bytes that are not {encoding}; give another encoding with --encoding or in the layout",
    "not-csv": "not a row of delimited text",
    # of one column
    "missing": "missing: each {noun} needs {keys}",
    "part-not-found": (
        "the cell does not have the part that the layout reads (part: under this column); correct the cell or the"
        " layout"
    ),
    "not-in-table": "not in the table of the layout (lookup: under this column); add it there, and load the row again",
    "not-a-whole-number": "not a whole number",
    "not-a-date": "not a date from 1980 to 2099 in the formats {forms}",
    "time-zone-not-stated": (
        "a time in UTC, whose day depends on the time zone of the source; state it in the layout"
        " (time_zone: America/New_York) and load the row again"
    ),
    "before-valid-from": "before valid_from",
    "not-a-number": "not a number",
    "number-in-two-ways": (
        "ambiguous number: the comma or dot may mark thousands or decimals; give --decimal , or --decimal . (or decimal"
        " in the layout) and ingest the file again"
    ),
    "unknown-country": "not a known country; allowed: an ISO 3166 code or a name in country_names.csv",
    "not-allowed": "not allowed; allowed: {allowed}",
    "not-a-flag": "not allowed; allowed: Y, N, yes, no, true, false, 1, 0",
    "unknown-fact": (
        "not facts of item_facts.csv; separate several with ; and name one ECCN after serves and meets (serves 3A001;"
        " not missile range)"
    ),
    "facts-at-odds": "a fact and its negation; keep one of them",
    "formula-error": "the formula in the cell failed",
    "not-confirmed": "not filled in: the ECCN is not confirmed",
    "not-an-eccn": "not an ECCN; give one ECCN, with its paragraph if it has one (3A069.a, 3A999), or EAR99",
    # of rows that can be read, each by itself
    TWO_ROWS: "two different rows for this {noun} in one file; decide which one is right",
}
"""Code -> sentence. `{noun}` and `{keys}` are of the kind of extract; `{forms}` and `{allowed}` of the column."""
UNKNOWN = "unknown"
"""The code of a problem that an earlier version told in a sentence by which it cannot be known."""


@dataclass(frozen=True)
class Counted:
    """Rows that were set aside for one problem of one column; `column` is '' where the row as a whole is at fault."""

    column: str
    code: str
    reason: str
    rows: int

    @property
    def told(self) -> str:
        """The column and what is wrong with it, in words."""
        return f"{self.column}: {self.reason}" if self.column else self.reason


def sentences(kind: RecordKind, forms: Mapping[str, Sequence[str]], encoding: str) -> dict[str, str]:
    """Return what is said of each problem of a file: by code, and by `code column` where it turns on the column.

    `forms` are those of dates, by column.
    """
    whole = {"noun": kind.noun, "keys": " and ".join(kind.keys), "encoding": encoding, "forms": "", "allowed": ""}
    found = {code: sentence.format(**whole) for code, sentence in SENTENCES.items()}
    for code, sentence in SENTENCES.items():
        for column in kind.columns:
            own = {"forms": ", ".join(forms.get(column.name, ())), "allowed": ", ".join(column.allowed)}
            if any(words and f"{{{name}}}" in sentence for name, words in own.items()):
                found[f"{code} {column.name}"] = sentence.format(**{**whole, **own})
    return found


def count_problems(connection: duckdb.DuckDBPyConnection, batch_id: int) -> list[Counted]:
    """Return how many rows of the batch stand in quarantine, by column and code, most first."""
    found = connection.execute(read_sql(SQL / "problem_counts.sql"), {"batch_id": batch_id}).fetchall()
    return [Counted(*row) for row in found]


def count_codes(connection: duckdb.DuckDBPyConnection, batch_id: int) -> dict[str, int]:
    """Return how many rows of the batch stand in quarantine, by code; a row counts once under each of its codes."""
    return dict(connection.execute(read_sql(SQL / "code_counts.sql"), {"batch_id": batch_id}).fetchall())

"""Say where shipment lines and filings differ: every difference is a finding, with the columns of all findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from transforms.decide.decide import gather
from transforms.errors import RulebookError
from transforms.find.find import FIND
from transforms.ingest.recall import fetch_lines
from transforms.match.match import has_filings
from transforms.pipeline import Row, Stage, give, make_view

if TYPE_CHECKING:
    from transforms.compare.compile import Comparing
    from transforms.compare.rules import Comparison

COMPARE = Stage(
    name="compare",
    folder=Path(__file__).parent / "sql",
    reads=(
        "current_lines", "current_filings", "fetched_lines", "placed_lines", "subjects", "filing_matches",
        "aes_states", "repeated_filings", "covered_months", "found",
    ),
    leaves=("compared",),
    steps=("differing_pairs", "unmatched_lines", "unmatched_filings", "line_findings"),
)  # fmt: skip
_AS_FOUND = {
    "screened_lines": "subject_key as line_id, subject_key as situation_key, export_on, tendered_on",
    "fetched_lines": "subject_key as line_id, *",
    "subjects": "subject_key as situation_key, *, eccn as eccn_recorded",
}
"""What `find` asks for, of the records that are compared: each stands alone, as its own situation."""


def find_differences(
    connection: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison], parameters: Sequence[Row] = ()
) -> None:
    """Leave `compared`: the differences between lines and filings, in the columns of `found`.

    One row per line, or filing line without one, and rule, of kind `reconcile`. Where no filing is known nothing is
    found. `parameters` are the numbers of the law that terms name, by day. Raises RulebookError with every fault of the
    SQL of the comparisons.
    """
    give(connection, "compared")
    if not has_filings(connection) or not comparisons:  # which are read where they are asked for
        return
    from transforms.compare.compile import compile_comparisons
    from transforms.compare.run import HANDED, comparing, run_comparisons

    law = compile_comparisons(comparisons, parameters)
    give(connection, "units", law.tables.unit_rows())
    for step in ("unit_spellings", "unit_ratios", "matched_sums"):
        COMPARE.make(connection, step)
    COMPARE.make(connection, "marked_pairs", {"compared": law.compared, "are_all_shown": law.are_all_shown})
    fetch_lines(connection, "from marked_pairs")
    COMPARE.run(connection, _days_covered(connection))
    _compare_names(connection, law)
    handed = {relation: connection.sql(f"from {relation}").to_arrow_table() for relation in HANDED}
    with comparing(law, handed) as alone:
        if faults := run_comparisons(alone, law):
            raise RulebookError(faults)
        _find(connection, alone)


def _compare_names(connection: duckdb.DuckDBPyConnection, law: Comparing) -> None:
    """Leave `name_pairs`: how alike the names are that two sides write differently, each pair of names once."""
    give(connection, "name_pairs")
    names = [(row["name"], row["filed_name"]) for row in COMPARE.read(connection, "other_names")]
    if names:
        from transforms.compare.names import Names

        give(connection, "name_pairs", Names(law.tables.name_words).pairs(names))


def _find(connection: duckdb.DuckDBPyConnection, alone: duckdb.DuckDBPyConnection) -> None:
    """Join the verdicts to what is recorded of their subjects, as those of every other family: `gather` and `find`."""
    from transforms.compare.run import COMPARISON

    give(connection, "compared_subjects", alone.sql(COMPARE.text("compared_subjects")).to_arrow_table())
    fetch_lines(connection, "select subject_key as line_id from compared_subjects where about <> 'filing'")
    give(alone, "compared_records", connection.sql(COMPARE.text("compared_records")).to_arrow_table(), is_shared=True)
    COMPARISON.stage.run(alone)
    give(alone, "keyed_subjects")  # no record is silent here
    gather(alone, (COMPARISON,))
    for relation, columns in _AS_FOUND.items():
        make_view(alone, relation, f"select {columns} from compared_records")
    give(alone, "group_sums", columns={"line_id": "ubigint", "known_usd": "decimal(18, 4)", "line_count": "bigint"})
    FIND.run(alone, without=("filing_lines", "group_sums"))
    give(connection, "compared", alone.sql("from found").to_arrow_table())


def _days_covered(connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """The first and the last day of export among the filings known."""
    days = connection.execute("select min(export_on), max(export_on) from current_filings").fetchall()[0]
    return {"first_on": days[0], "last_on": days[1]}

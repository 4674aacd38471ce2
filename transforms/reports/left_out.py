"""What a report says of rows that were left out of the screening: how many, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import duckdb

from transforms.left_out_words import NOT_EXPORTS, told
from transforms.reports.amounts import count
from transforms.reports.run import REPORTS


def read_left_out(connection: duckdb.DuckDBPyConnection, moment: datetime) -> dict[str, int]:
    """Return the rows that files loaded until then left out, by the code of the reason; a record counts once."""
    rows = connection.execute(REPORTS.text("left_out_reasons"), {"moment": moment}).fetchall()
    return dict(rows)


def left_out_in_short(reasons: Mapping[str, int]) -> list[str]:
    """Return the words of a short list of what was not screened; none where no row is left out as no export."""
    rows = sum(number for code, number in reasons.items() if code in NOT_EXPORTS)
    return [f"{count(rows, 'row')} left out as not exports"] if rows else []


def left_out_sentences(reasons: Mapping[str, int]) -> list[str]:
    """Return a sentence on rows that are no exports, and one on rows that are no records; each only where there are."""
    said = []
    exports = {code: rows for code, rows in reasons.items() if code in NOT_EXPORTS}
    others = {code: rows for code, rows in reasons.items() if code not in NOT_EXPORTS}
    if exports:
        said.append(
            f"Left out as not exports, and not screened: {count(sum(exports.values()), 'row')} ({told(exports)})."
            " The layouts of their sources say so (not_exports). Review these layouts before you rely on that."
        )
    if others:
        said.append(f"Left out as no records: {count(sum(others.values()), 'row')} ({told(others)}).")
    return said


def left_out_of_inputs(inputs: Sequence[Mapping[str, object]]) -> list[str]:
    """Return the same of the extracts that a run rests on (`read_inputs`), which tell counts and no reasons."""
    rows = sum(int(str(one.get("left_out", 0))) for one in inputs)
    return [f"Left out of the records, and not screened: {count(rows, 'row')} of these files."] if rows else []

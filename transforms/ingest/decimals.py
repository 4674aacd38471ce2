"""Whether `9.000` in a file is nine or nine thousand: the other numbers of the file tell it, or nobody does.

A layout that states `decimal` is never asked. A column that the reader takes for granted is read with a point, as US
systems write; but where a number can be read in two ways and no other number of the file shows the mark, none is
guessed.
"""

from __future__ import annotations

from pathlib import Path

from transforms.ingest.arrival import Arrival
from transforms.layouts.marks import COMMA, POINT
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql" / "number_marks.sql"
FIRST, ALL = 10_000, 2**62
"""How many rows are looked at first; most files show their mark in these. All are where those do not."""
MOST = 9
"""How many numbers must show a point for each that shows a comma: one cell of another country makes no doubt."""

Counts = tuple[int, ...]
"""Cells that can be read in two ways, with a point and with a comma; and those that show a point, and a comma."""


def is_mark_in_doubt(arrival: Arrival) -> bool:
    """Return whether numbers of the file can be read in two ways, and nothing tells which.

    Expects the rows in the view `incoming`. Amounts of money tell the mark of money, and of quantities; quantities,
    which have three decimals in many systems, tell their own alone. Workbooks and Parquet have numbers, not texts, and
    are not asked.
    """
    found = arrival.found
    numbers = set(arrival.kind.names_of("number")) & found.positions.keys()
    if arrival.text.is_typed or not numbers or "decimal" not in found.unstated or found.is_decimal_open:
        return False
    for most in (FIRST, ALL):
        money, quantity = _counted(arrival, most)
        both = tuple(map(sum, zip(money, quantity, strict=True)))
        if _is_told(money) and _is_told(both):
            return False
    is_usual = found.layout.format.delimiter == ","
    return _has_doubt(money, money, is_usual, points=True) or _has_doubt(quantity, both, is_usual, points=False)


def _counted(arrival: Arrival, most: int) -> tuple[Counts, Counts]:
    values = {"most": most, "point": POINT.pattern, "comma": COMMA.pattern}
    rows = arrival.connection.execute(read_sql(SQL), values).fetchall()
    counts = {bool(is_money): tuple(map(int, told)) for is_money, *told in rows}
    return counts.get(True, (0, 0, 0, 0)), counts.get(False, (0, 0, 0, 0))


def _is_told(counts: Counts) -> bool:
    return counts[2] > 0 and counts[2] >= MOST * counts[3]


def _has_doubt(own: Counts, telling: Counts, is_usual: bool, *, points: bool) -> bool:
    """Whether numbers of one kind can be read in two ways or show a comma, and those that tell do not tell of a point.

    In a file of commas (`is_usual`) a comma in quotation marks parts thousands, and a point the decimals of a quantity,
    on which no rule turns, unless other numbers show a comma. With `points` the point is asked about all the same: a
    value of 9,000 that was read as 9 would pass for low value.
    """
    either_point, either_comma, _, shows_comma = own
    is_asked = not is_usual or telling[3] > 0
    doubtful = shows_comma + (either_point if points or is_asked else 0) + (either_comma if is_asked else 0)
    return doubtful > 0 and not _is_told(telling)

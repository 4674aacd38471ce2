"""What a canonical column is of the cells of a row, as an expression over the columns c0, c1, ... of a file."""

from __future__ import annotations

import duckdb
from duckdb import CaseExpression, CoalesceOperator, ColumnExpression, ConstantExpression, FunctionExpression

from transforms.layouts.columns import EVERY_OTHER
from transforms.layouts.match import Match


def canonical(found: Match, name: str) -> duckdb.Expression:
    """Return the text of the canonical column `name`: NULL where the file has no such column, '' where it is blank."""
    layout = found.layout
    if name in layout.constants:
        return ConstantExpression(layout.constants[name]).cast("VARCHAR")
    if name not in found.positions:
        return ConstantExpression(None).cast("VARCHAR")
    text = CoalesceOperator(
        FunctionExpression("trim", ColumnExpression(f"c{found.positions[name]}")), ConstantExpression("")
    )
    values = layout.columns[name].values
    if not values:
        return text
    first, *others = (
        (
            text != ConstantExpression("") if one == EVERY_OTHER else text == ConstantExpression(one),
            ConstantExpression(to),
        )
        for one, to in sorted(values.items(), key=lambda entry: entry[0] == EVERY_OTHER)
    )
    mapped = CaseExpression(*first)
    for recorded, canonical in others:
        mapped = mapped.when(recorded, canonical)
    return mapped.otherwise(text)

"""What a canonical column is of the cells of a row, as expressions over the columns c0, c1, ... of a file.

A cell that its entry in the layout cannot take apart, or look up, is blank in its column and named in `faults`, by
which its row goes into quarantine: what is read of it would be a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import duckdb
from duckdb import CaseExpression, CoalesceOperator, ColumnExpression, ConstantExpression, FunctionExpression

from transforms.layouts.columns import EVERY_OTHER, ColumnMap
from transforms.layouts.match import Match
from transforms.layouts.piece import FORMS, Piece

NOT_FOUND, NOT_IN_TABLE = "part-not-found", "not-in-table"
_BLANK = ConstantExpression("")
_NO_FAULTS = "null::struct(column_name varchar, recorded varchar, code varchar)[]"
Checked = list[tuple[str, duckdb.Expression]]
"""(code, when it holds), of a cell that cannot be taken apart or looked up."""


def incoming_columns(found: Match) -> list[duckdb.Expression]:
    """Return the columns of `incoming` that the layout reads: the source, each canonical column, and `faults`."""
    layout = found.layout
    named = [canonical(found, name).alias(name) for name in layout.record_kind.names]
    return [ConstantExpression(layout.source).alias("source"), *named, faults(found).alias("faults")]


def canonical(found: Match, name: str) -> duckdb.Expression:
    """Return the text of the canonical column `name`: NULL where the file has no such column, '' where it is blank."""
    layout = found.layout
    if name in layout.constants:
        return ConstantExpression(layout.constants[name]).cast("VARCHAR")
    if name not in found.sources:
        return ConstantExpression(None).cast("VARCHAR")
    read, checked = _read(_cell(found, name), layout.columns[name])
    if checked:
        read = CaseExpression(_any(checked), _BLANK).otherwise(read)
    return read


def faults(found: Match) -> duckdb.Expression:
    """Return the cells of a row that cannot be taken apart or looked up, as problems; NULL where none can fail."""
    problems = []
    for name in (name for name in found.sources if name in found.layout.columns):
        cell = _cell(found, name)
        _, checked = _read(cell, found.layout.columns[name])
        for code, holds in checked:
            problem = FunctionExpression("problem", ConstantExpression(name), cell, ConstantExpression(code))
            problems.append(CaseExpression(holds, problem))
    if not problems:
        return duckdb.SQLExpression(_NO_FAULTS)
    listed = FunctionExpression("list_value", *problems)
    return duckdb.SQLExpression(f"list_filter({listed}, lambda one: one is not null)")


def _cell(found: Match, name: str) -> duckdb.Expression:
    """Return the text that the layout reads for a column as it came, trimmed: of one cell, or of several joined."""
    places = found.joined.get(name)
    if places is None:
        return _trimmed(found.positions[name])
    filled = (FunctionExpression("nullif", _trimmed(place), _BLANK) for place in places)
    separator = ConstantExpression(found.layout.columns[name].separator)
    return FunctionExpression("concat_ws", separator, *filled)


def _trimmed(place: int) -> duckdb.Expression:
    """Return the cell without the spaces around it; to ask whether it has any is ten times faster than to take them."""
    cell, space = ColumnExpression(f"c{place}"), ConstantExpression(" ")
    has_spaces = FunctionExpression("starts_with", cell, space) | FunctionExpression("ends_with", cell, space)
    is_ascii = FunctionExpression("strlen", cell) == FunctionExpression("length", cell)
    return (
        CaseExpression(cell.isnull(), _BLANK)
        .when(has_spaces | ~is_ascii, FunctionExpression("trim", cell))
        .otherwise(cell)
    )


def _read(cell: duckdb.Expression, entry: ColumnMap) -> tuple[duckdb.Expression, Checked]:
    """Return what is read of a cell, and what keeps it from being read."""
    text, checked = cell, list[tuple[str, duckdb.Expression]]()
    if entry.part is not None:
        text, is_there = _part(text, entry.part)
        if not entry.part.optional:
            checked.append((NOT_FOUND, (cell != _BLANK) & ~is_there))
    text = _without(text, entry.prefix, entry.suffix)
    text = _mapped(text, entry)
    if entry.lookup is not None:
        keys, values = (FunctionExpression("list_value", *map(ConstantExpression, one)) for one in _both(entry))
        table = FunctionExpression("map", keys, values)
        looked_up = FunctionExpression("map_extract_value", table, text)
        checked.append((NOT_IN_TABLE, (text != _BLANK) & ~FunctionExpression("map_contains", table, text)))
        text = CaseExpression(text == _BLANK, _BLANK).otherwise(looked_up)
    if entry.blank is not None:
        text = CaseExpression(text == _BLANK, ConstantExpression(entry.blank)).otherwise(text)
    return text, checked


def _both(entry: ColumnMap) -> tuple[Sequence[str], Sequence[str]]:
    entries = entry.lookup.entries if entry.lookup else {}
    return list(entries), list(entries.values())


def _part(text: duckdb.Expression, piece: Piece) -> tuple[duckdb.Expression, duckdb.Expression]:
    """Return the part of a text that counts ('' without one), and whether there is one."""
    if piece.separator:
        pieces = FunctionExpression("string_split", text, ConstantExpression(piece.separator))
        count = FunctionExpression("len", pieces)
        taken = FunctionExpression("list_extract", pieces, ConstantExpression(piece.number))
        is_there = count == ConstantExpression(piece.of) if piece.of else count >= ConstantExpression(abs(piece.number))
        read = FunctionExpression("trim", CoalesceOperator(taken, _BLANK))
        return CaseExpression(is_there, read).otherwise(_BLANK), is_there
    pattern = ConstantExpression(FORMS[piece.form] if piece.form else piece.pattern)
    groups = (1, 2) if piece.form else (1,)
    taken = FunctionExpression(
        "concat", *(FunctionExpression("regexp_extract", text, pattern, ConstantExpression(group)) for group in groups)
    )
    is_there = FunctionExpression("regexp_matches", text, pattern)
    if piece.form == "currency":  # an amount alone names none, and is no fault
        is_there = is_there | FunctionExpression("regexp_matches", text, ConstantExpression(FORMS["number"]))
    return FunctionExpression("trim", taken), is_there


def _without(text: duckdb.Expression, prefix: str, suffix: str) -> duckdb.Expression:
    if prefix:
        cut = FunctionExpression("substr", text, ConstantExpression(len(prefix) + 1))
        text = _stripped(text, "starts_with", prefix, cut)
    if suffix:
        cut = FunctionExpression("left", text, FunctionExpression("length", text) - ConstantExpression(len(suffix)))
        text = _stripped(text, "ends_with", suffix, cut)
    return text


def _stripped(text: duckdb.Expression, has: str, words: str, cut: duckdb.Expression) -> duckdb.Expression:
    return CaseExpression(
        FunctionExpression(has, text, ConstantExpression(words)), FunctionExpression("trim", cut)
    ).otherwise(text)


def _mapped(text: duckdb.Expression, entry: ColumnMap) -> duckdb.Expression:
    values = entry.values
    if not values:
        return text
    first, *others = (
        (text != _BLANK if one == EVERY_OTHER else text == ConstantExpression(one), ConstantExpression(to))
        for one, to in sorted(values.items(), key=lambda entry: entry[0] == EVERY_OTHER)
    )
    mapped = CaseExpression(*first)
    for recorded, canonical_value in others:
        mapped = mapped.when(recorded, canonical_value)
    return mapped.otherwise(text)


def _any(checked: Checked) -> duckdb.Expression:
    return reduce(lambda one, other: one | other, (holds for _, holds in checked))

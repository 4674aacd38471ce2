"""What must hold between the keys of a layout, and between a layout and the columns of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import date
from functools import partial
from pathlib import Path

from transforms.errors import Fault
from transforms.kinds import KINDS, RecordKind
from transforms.layouts.columns import EVERY_OTHER
from transforms.layouts.dates import DECIDE
from transforms.layouts.model import Layout
from transforms.layouts.naming import did_you_mean, fold
from transforms.layouts.not_exports import fold_value
from transforms.layouts.part import EACH_ONCE
from transforms.line import Column

_FORMS = {
    "integer": ("-?[0-9]+", "a whole number"),
    "number": (r"-?[0-9]+(\.[0-9]+)?", "a number as 1234.50"),
    "date": ("[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date as 2024-12-26"),
}
"""How a value is written in a layout, whatever the source's own dates and decimals look like."""


def find_faults(layout: Layout, file: str, given: Set[str]) -> Iterator[Fault]:
    """Yield every fault of a layout that is well formed key by key.

    `given` holds the canonical names that the file names at all: a required column whose entry was refused
    already is not reported as missing besides.
    """
    yield from _columns(layout, file)
    yield from _constants(layout, file)
    yield from _ignored(layout, file)
    yield from _not_exports(layout, file)
    if layout.whole not in ("", "history") and layout.record_kind.exported_on is None:
        yield Fault(file, "whole", f"{layout.kind} have no date of export", "history")
    for name in layout.must_fill:
        if (layout.kind, name) != ("items", "eccn"):
            yield Fault(file, "must_fill", f"{name} of {layout.kind} cannot be asked for", "eccn, of kind: items")
        elif name not in layout.columns:
            yield Fault(file, "must_fill", f"{name} has no headings", f"headings under columns.{name}")
    for column in layout.record_kind.columns:
        if column.required and column.name not in given:
            yield Fault(
                file,
                f"columns.{column.name}",
                "a required column with neither headings nor a constant",
                f"headings under columns.{column.name}, or a value under constants.{column.name}",
            )


def _columns(layout: Layout, file: str) -> Iterator[Fault]:
    known = layout.record_kind.by_name
    for name, entry in layout.columns.items():
        key, column = f"columns.{name}", known.get(name)
        if column is None:
            yield _no_such_column(file, key, name, layout.record_kind)
            continue
        if open_ := next((one for one in entry.headings if one.startswith(f"{DECIDE}: ")), ""):
            allowed = open_.removeprefix(f"{DECIDE}: ")
            yield Fault(file, key, "which column it is read from is still to be decided", allowed)
        if entry.dates and column.kind not in ("date", "moment"):
            dated = ", ".join(layout.record_kind.names_of("date", "moment"))
            yield Fault(file, f"{key}.dates", f"{name} is not a date", f"dates only for {dated}")
        if entry.blank is not None and (unfit_blank := _unfit_blank(column, entry.blank)):
            yield Fault(file, f"{key}.blank", *unfit_blank)
        for recorded, value in entry.values.items():
            if recorded == EVERY_OTHER and column.required:
                problem = f"every row would have the same {name}, which tells rows apart", "values that are named"
                yield Fault(file, f"{key}.values.{recorded}", *problem)
            elif wrong := unfit(column, value):
                yield Fault(file, f"{key}.values.{recorded}", *wrong)
        if entry.lookup is not None:
            yield from entry.lookup.fill(Path(file).parent, partial(unfit, column))


def _constants(layout: Layout, file: str) -> Iterator[Fault]:
    known = layout.record_kind.by_name
    for name, value in layout.constants.items():
        key, column = f"constants.{name}", known.get(name)
        if column is None:
            yield _no_such_column(file, key, name, layout.record_kind)
            continue
        if name in layout.columns:
            yield Fault(file, key, "the column has headings too", "headings or a constant, not both")
        if problem := unfit(column, value):
            yield Fault(file, key, *problem)


def _no_such_column(file: str, key: str, name: str, kind: RecordKind) -> Fault:
    near = did_you_mean(name, kind.names)
    others = [other.name for other in KINDS.values() if name in other.names]
    problem = f"no such canonical column{near}"
    if others and not near:
        problem += f"; it is one of kind: {' or '.join(others)}, and this layout is of kind: {kind.name}"
    return Fault(
        file, key, problem, f"a canonical column of {kind.name}, as listed in data/layouts/{kind.listed_in}.yml"
    )


def _ignored(layout: Layout, file: str) -> Iterator[Fault]:
    mapped = {fold(heading): name for name, entry in layout.columns.items() for heading in entry.read_from}
    seen: set[str] = set()
    for heading in layout.ignore:
        folded = fold(heading)
        if folded in mapped:
            yield Fault(
                file,
                "ignore",
                f"the heading {heading!r} is mapped too, to {mapped[folded]}",
                "each heading under columns or under ignore, not both",
            )
        if folded in seen:
            yield Fault(file, "ignore", f"the heading {heading!r} appears twice", EACH_ONCE)
        seen.add(folded)


def _not_exports(layout: Layout, file: str) -> Iterator[Fault]:
    if layout.not_exports and not layout.record_kind.is_screened:
        yield Fault(file, "not_exports", f"{layout.kind} are not screened as exports", "not_exports of kind: lines")
    ignored = {fold(heading) for heading in layout.ignore}
    seen: dict[tuple[str, str], str] = {}
    for place, one in enumerate(layout.not_exports):
        key = f"not_exports.{place}"
        for heading in one.heading:
            if fold(heading) in ignored:
                problem = f"the heading {heading!r} is ignored too"
                yield Fault(file, f"{key}.heading", problem, "each heading under ignore, or read")
            for value in one.values:
                before = seen.setdefault((fold(heading), fold_value(value)), one.reason)
                if before != one.reason:
                    problem = f"{value!r} of {heading!r} has two reasons, {before} and {one.reason}"
                    yield Fault(file, f"{key}.values", problem, "one reason for each value")


def unfit(column: Column, value: str) -> tuple[str, str] | None:
    """Return (problem, allowed) when `value`, written in a layout, cannot stand in the column.

    The empty text (nothing recorded) may stand everywhere but in a required column.
    """
    if value == "":
        return ("nothing recorded, in a required column", "a value") if column.required else None
    if column.allowed and value not in column.allowed:
        return f"{value!r} is not a valid {column.name}{did_you_mean(value, column.allowed)}", ", ".join(column.allowed)
    pattern, allowed = _FORMS.get(column.kind, ("(?s).*", ""))
    if not re.fullmatch(pattern, value) or (column.kind == "date" and not _is_date(value)):
        return f"{value!r} cannot be read as {column.name}", allowed
    return None


def _unfit_blank(column: Column, value: str) -> tuple[str, str] | None:
    if column.required:
        return f"rows without a {column.name} would all have the same, which tells rows apart", "no blank here"
    return ("blank stays blank as it is", "a value") if value == "" else unfit(column, value)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

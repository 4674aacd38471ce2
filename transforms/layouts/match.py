"""Fitting a file's headings to a layout: what is read from where, what is unknown, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.errors import InputError
from transforms.layouts.model import Layout
from transforms.layouts.naming import BOM, closest, fold


@dataclass(frozen=True)
class Match:
    """What a layout finds in one file; the canonical names stand in the order of its kind.

    Each canonical name is in exactly one of `sources`, the layout's constants and `absent`; `missing_required` are
    those of `absent` that a row cannot do without.
    """

    layout: Layout
    sources: dict[str, str]
    """Canonical name -> heading, exactly as in the file."""
    positions: dict[str, int]
    """Canonical name -> index of its column in the file, from 0."""
    joined: dict[str, tuple[int, ...]]
    """The same of canonical names that are read from several columns together: their places, in the order of joining.
    A name is in `positions` or here."""
    unknown: tuple[tuple[str, str], ...]
    """(heading in the file, closest known heading or canonical name not found in the file, or the empty text)."""
    missing_required: tuple[str, ...]
    absent: tuple[str, ...]
    """Canonical names with neither a column in this file nor a constant: *not known* for its rows."""
    incomplete: tuple[tuple[str, str], ...] = ()
    """(canonical name, heading that is not in the file), of columns that are joined of others that are there."""
    told_by: tuple[tuple[int, str] | None, ...] = ()
    """Of each entry of the layout's `not_exports` the place of its column, and its heading; None where it has none."""
    unstated: frozenset[str] = frozenset()
    """Keys of the layout's format that nobody said: found out from the file, or left as they usually are."""
    why: str = ""
    """Why this layout was taken, where nobody named one."""
    dated_by: int | None = None
    """Index of the column that says when the extract was taken, from 0."""
    at: tuple[int, ...] = (1,)
    """The row of the file in which the headings stand, from 1, or two rows."""

    @property
    def fits(self) -> bool:
        """Whether every heading is known and every required column is there, those that are joined whole."""
        return not self.unknown and not self.missing_required and not self.incomplete and None not in self.told_by

    @property
    def is_decimal_open(self) -> bool:
        """Whether nothing tells what a comma in a number is: columns were found to be told apart by another sign."""
        return {"delimiter", "decimal"} <= self.unstated and self.layout.format.delimiter != ","


def match(layout: Layout, headings: Sequence[str]) -> Match:
    """Return what `layout` finds among `headings`; raise InputError where a column would be read from two places."""
    found, collisions = _compare(layout, headings)
    if collisions:
        raise InputError("\n".join([f"The headings do not match the layout {layout.id!r}:", *collisions]))
    return found


def is_fit(layout: Layout, headings: Sequence[str]) -> bool:
    """Return whether `layout` knows every heading, finds every required column, and none in two places."""
    if any(strangers(layout, headings)):
        return False
    found, collisions = _compare(layout, headings)
    return found.fits and not collisions


def strangers(layout: Layout, headings: Sequence[str]) -> tuple[int, int]:
    """Return how many of the headings the layout does not know, and how many required columns are not among them."""
    folded = {fold(heading) for heading in headings}
    ways = {name: {fold(heading) for heading in entry.read_from} for name, entry in layout.columns.items()}
    known = {fold(heading) for heading in (*layout.ignore, *layout.headings_read)}
    required = (column.name for column in layout.record_kind.columns if column.required)
    missing = (name for name in required if name not in layout.constants and not ways.get(name, set()) & folded)
    return sum(fold(heading) not in known for heading in headings), sum(1 for _ in missing)


def require(found: Match, file_name: str) -> None:
    """Raise InputError with every unknown heading and every missing column, unless the match fits."""
    if not found.fits:
        first = f"{file_name}: the headings do not match the layout {found.layout.id!r}:"
        raise InputError("\n".join([first, *shown_differences(found), _what_to_do(found.layout)]))


def choose(layouts: Mapping[str, Layout], headings: Sequence[str], file_name: str) -> Match:
    """Return the match of the one layout that fits; raise InputError when none does or several do."""
    if not layouts:
        raise InputError(f"{file_name}: no layout is available. Add one; see data/README.md.")
    compared = [_compare(layouts[name], headings) for name in sorted(layouts)]
    fitting = [found for found, collisions in compared if found.fits and not collisions]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        kinds = dict.fromkeys(found.layout.kind for found in fitting)
        names = ", ".join(
            f"{one.layout.id} ({one.layout.kind})" if len(kinds) > 1 else one.layout.id for one in fitting
        )
        apart = f", and its rows could be {' or '.join(kinds)}" if len(kinds) > 1 else ""
        raise InputError(f"{file_name}: several layouts match: {names}{apart}. Choose one with --layout.")
    # the first of equals, in the order of ids
    found, collisions = min(compared, key=lambda one: _differences(one[0]) + len(one[1]))
    first = f"{file_name}: no layout matches (tried: {', '.join(sorted(layouts))}). The closest is {found.layout.id!r}:"
    last = f"{_what_to_do(found.layout)} If this is another kind of extract, add a layout for it; see data/README.md."
    raise InputError("\n".join([first, *collisions, *shown_differences(found), last]))


def _differences(found: Match) -> int:
    return len(found.unknown) + len(found.missing_required) + len(found.incomplete) + found.told_by.count(None)


def _compare(layout: Layout, headings: Sequence[str]) -> tuple[Match, list[str]]:
    """Return the match and, as sentences, the canonical columns for which several columns of the file would serve."""
    folded = [fold(heading) for heading in headings]
    sources: dict[str, str] = {}
    positions: dict[str, int] = {}
    joined: dict[str, tuple[int, ...]] = {}
    incomplete: list[tuple[str, str]] = []
    collisions: list[str] = []
    dated_by = fold(layout.extract.date_column)
    known = {fold(heading): heading for heading in layout.ignore}
    if dated_by:
        known[dated_by] = layout.extract.date_column
    told_by: list[tuple[int, str] | None] = []
    for one in layout.not_exports:
        wanted = {fold(heading): heading for heading in one.heading}
        known |= wanted
        places = [place for place, heading in enumerate(folded) if heading in wanted]
        told_by.append((places[0], headings[places[0]]) if places else None)
        if len(places) > 1:
            collisions.append(f"  not_exports would be read from several columns: {', '.join(wanted.values())}")
    names = layout.record_kind.names
    for name in (name for name in names if name in layout.columns):
        entry = layout.columns[name]
        wanted = {fold(heading): heading for heading in entry.read_from}
        known |= wanted
        if entry.join:
            lacking = [heading for text, heading in wanted.items() if text not in folded]
            if len(lacking) < len(wanted):
                incomplete += [(name, heading) for heading in lacking]
                joined[name] = tuple(folded.index(text) for text in wanted if text in folded)
                sources[name] = " + ".join(headings[place] for place in joined[name])
            twice = [text for text in wanted if folded.count(text) > 1]
            collisions += [f"  {name} would be read from several columns {_shown(wanted[text])}" for text in twice]
            continue
        places = [place for place, heading in enumerate(folded) if heading in wanted]
        if places:
            sources[name], positions[name] = headings[places[0]], places[0]
        if len(places) > 1:
            where = " and ".join(f"{_shown(headings[place])} (column {place + 1})" for place in places)
            collisions.append(f"  {name} would be read from {where}: keep one of them in the file or in the layout")
    free = [
        *(heading for text, heading in known.items() if text not in folded),
        *(name for name in names if name not in sources),
    ]
    unknown = tuple(
        (heading, closest(heading, free)) for heading, text in zip(headings, folded, strict=True) if text not in known
    )
    absent = tuple(name for name in names if name not in sources and name not in layout.constants)
    missing = tuple(name for name in absent if layout.record_kind.by_name[name].required)
    dated = folded.index(dated_by) if dated_by in folded else None
    return Match(
        layout, sources, positions, joined, unknown, missing, absent, tuple(incomplete), tuple(told_by), dated_by=dated
    ), collisions


def shown_differences(found: Match) -> list[str]:
    """Return as sentences the headings that the layout does not know, and the required columns that it misses."""
    lines = []
    for heading, near in found.unknown:
        what = f"unknown heading {_shown(heading)}" if fold(heading) else "a column without a heading"
        lines.append(f"  {what}" + (f"; did you mean {near!r}?" if near else ""))
    for one, place in zip(found.layout.not_exports, found.told_by, strict=True):
        if place is None:
            serve = " or ".join(repr(heading) for heading in one.heading)
            lines.append(f"  no column for not_exports ({one.reason}), which tells exports apart: {serve}")
    for name, heading in found.incomplete:
        lines.append(f"  {name} is joined of several columns, and {heading!r} is not among the headings")
    for name in found.missing_required:
        entry = found.layout.columns.get(name)
        serve = " or ".join(repr(heading) for heading in entry.read_from) if entry else "none is mapped yet"
        lines.append(f"  no column for {name}, which is required; headings that the layout accepts: {serve}")
    return lines


def _shown(heading: str) -> str:
    return repr(heading.replace(BOM, ""))


def _what_to_do(layout: Layout) -> str:
    file = f"data/layouts/{layout.id}.yml"
    return f"Correct the file, or add the heading to {file}: under columns if it is needed, under ignore if not."

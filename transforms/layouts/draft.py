"""A first layout for a new source: its headings matched to those that known layouts have, for a person to finish.

Nothing is settled by a guess: what is not certain says so beside it, and what could be two things is left for a person
to decide, in a way that the check of layouts refuses until it is done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transforms.kinds import KINDS, KindName, RecordKind
from transforms.layouts.model import Layout
from transforms.layouts.naming import bare, closest, fold
from transforms.layouts.overlooked import is_named_currency, sort_of

_NEAR = 0.86
_CERTAIN, _SPELLING, _LIKELY = "certain", "likely", "a guess"


@dataclass(frozen=True)
class Suggestion:
    """One heading of the file and the canonical column that it probably feeds."""

    place: int
    heading: str
    column: str
    confidence: str
    """certain, likely or a guess."""
    reason: str


@dataclass(frozen=True)
class Draft:
    """What is drafted for one file: suggestions in the order of the kind, and what is left over, with the reason."""

    kind: RecordKind
    suggestions: list[Suggestion]
    left: list[tuple[int, str, str]] = field(default_factory=list)
    """(place in the file, heading, what is known of it), of the headings that feed nothing yet."""

    @property
    def missing(self) -> list[str]:
        """The required columns that no heading was found for."""
        found = {one.column for one in self.suggestions}
        return [column.name for column in self.kind.columns if column.required and column.name not in found]


def draft_columns(headings: Sequence[str], layouts: Mapping[str, Layout], kind: KindName | None = None) -> Draft:
    """Return the draft for a file with these headings, of `kind` or of the kind that makes most of them."""
    drafts = [_draft(headings, layouts, one) for one in (KINDS.values() if kind is None else [KINDS[kind]])]
    return max(drafts, key=lambda one: (-len(one.missing), _weight(one)))


def _weight(draft: Draft) -> int:
    return sum({_CERTAIN: 4, _SPELLING: 3}.get(one.confidence, 1) for one in draft.suggestions)


def _draft(headings: Sequence[str], layouts: Mapping[str, Layout], kind: RecordKind) -> Draft:
    known = _known(layouts, kind)
    ignored = _ignored(layouts, kind)
    bares = {bare(heading): heading for heading in known}
    taken: dict[str, Suggestion] = {}
    left: list[tuple[int, str, str]] = []
    offers = [_offer(place, heading, known, bares, ignored, kind) for place, heading in enumerate(headings)]
    for confidence in (_CERTAIN, _SPELLING, _LIKELY):
        for offer in (one for one in offers if isinstance(one, Suggestion) and one.confidence == confidence):
            if offer.column not in taken:
                taken[offer.column] = offer
            else:
                why = f"would be {offer.column} too, as {taken[offer.column].heading!r} is: decide which one holds"
                left.append((offer.place, offer.heading, why))
    left += [one for one in offers if not isinstance(one, Suggestion)]
    return Draft(kind, [taken[name] for name in kind.names if name in taken], sorted(left))


def _offer(
    place: int,
    heading: str,
    known: Mapping[str, Mapping[str, list[str]]],
    bares: Mapping[str, str],
    ignored: Mapping[str, list[str]],
    kind: RecordKind,
) -> Suggestion | tuple[int, str, str]:
    folded = fold(heading)
    if not folded:
        return place, heading, "a column without a heading: give it one in the file, or leave it out there"
    near, confidence = folded if folded in known else "", _CERTAIN
    if not near and "currency" in kind.names and is_named_currency(heading):
        return Suggestion(place, heading, "currency", _SPELLING, "named as a currency is")
    if not near and folded in ignored:
        return place, heading, f"known, and ignored by {_names(ignored[folded])}"
    if not near and bare(heading) in bares:
        near, confidence = bares[bare(heading)], _SPELLING
    if not near:
        near, confidence = closest(folded, known, cutoff=_NEAR), _LIKELY
    if not near and kind.is_screened and (sort := sort_of(heading)):
        return place, heading, f"looks like {sort}: rows that are no exports by it belong under not_exports"
    if not near:
        return place, heading, "nothing like it is known"
    columns = known[near]
    if len(columns) > 1:
        return place, heading, f"could be {' or '.join(columns)}: decide which"
    ((column, of),) = columns.items()
    reason = f"a heading of {_names(of)}" if confidence == _CERTAIN else f"like {near!r} of {_names(of)}"
    return Suggestion(place, heading, column, confidence, reason)


def _known(layouts: Mapping[str, Layout], kind: RecordKind) -> dict[str, dict[str, list[str]]]:
    """Return folded heading -> canonical column -> the layouts that read it so; a column's own name goes first."""
    known: dict[str, dict[str, list[str]]] = {}
    for layout in layouts.values():
        for name, entry in layout.columns.items() if layout.kind == kind.name else ():
            for heading in entry.headings:
                known.setdefault(fold(heading), {}).setdefault(name, []).append(layout.id)
    # what other kinds call a column of the same name, where this kind has no such heading
    own = set(known)
    for layout in (one for one in layouts.values() if one.kind != kind.name):
        for name, entry in layout.columns.items():
            for heading in (one for one in entry.headings if name in kind.names and fold(one) not in own):
                known.setdefault(fold(heading), {}).setdefault(name, []).append(layout.id)
    return known


def _ignored(layouts: Mapping[str, Layout], kind: RecordKind) -> dict[str, list[str]]:
    ignored: dict[str, list[str]] = {}
    for layout in (one for one in layouts.values() if one.kind == kind.name):
        for heading in layout.ignore:
            ignored.setdefault(fold(heading), []).append(layout.id)
    return ignored


def _names(ids: Sequence[str]) -> str:
    return ("the layout " if len(ids) == 1 else "the layouts ") + ", ".join(dict.fromkeys(ids))

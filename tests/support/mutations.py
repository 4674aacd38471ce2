"""Every way to misread a control, or a parameter, by one word or one day: the mutants, each with a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from tests.support.scope_oracle import reaches_place
from tests.support.tables_oracle import Tables
from transforms.rulebook.model import Control, Exceptions, ExceptionTerms, Items, Places, Savings, Version
from transforms.rulebook.parameter import Parameter

Mutant = tuple[str, Version]
DAY = timedelta(days=1)
SHIFTS = ((-DAY, "a day earlier"), (DAY, "a day later"))


def mutants_of(control: Control) -> Iterator[tuple[str, Control]]:
    """Yield (name, mutated control) for every word, date and term of every version."""
    for at, version in enumerate(control.versions):
        beside = control.beside(version)
        follows = [one for one in beside if version.paragraph and version.until and one.from_on == version.until + DAY]
        for name, changed in _of_version(version):
            if follows and name.startswith("until"):
                continue  # the one that follows begins on another day
            versions = [*control.versions[:at], changed, *control.versions[at + 1 :]]
            if name.startswith("from") and at and _until(versions[at - 1], version) and changed.from_on:
                versions[at - 1] = _with(versions[at - 1], until=changed.from_on - DAY)
            yield f"versions[{at}].{name}", control.model_copy(update={"versions": tuple(versions)})


def _until(before: Version, version: Version) -> bool:
    """Whether one version of a paragraph ends where another begins, so that both days are one."""
    is_same = version.paragraph is not None and before.paragraph == version.paragraph
    return is_same and version.from_on is not None and before.until == version.from_on - DAY


def _of_version(version: Version) -> Iterator[Mutant]:
    for key, label in (("from_on", "from"), ("until", "until")):
        for by, how in SHIFTS:
            if day := getattr(version, key):
                yield f"{label} {how}", _with(version, **{key: day + by})
    for activity in version.activities:
        left = tuple(one for one in version.activities if one != activity)
        yield f"activities without {activity}", _with(version, activities=left)
    for name, items in _of_items(version.items):
        yield f"items.{name}", _with(version, items=items)
    for name, places in _of_places(version.destinations):
        yield f"destinations.{name}", _with(version, destinations=places)
    yield from _of_goods(version)
    if version.governed_by:  # then no exception counts
        yield "governed_by left out", _with(version, governed_by=None)
    else:
        for name, exceptions in _of_exceptions(version.exceptions):
            yield f"exceptions.{name}", _with(version, exceptions=exceptions)
    if version.savings:
        yield "savings left out", _with(version, savings=None)
        for name, savings in _of_savings(version.savings):
            yield f"savings.{name}", _with(version, savings=savings)
    yield from _of_doubts(version)


def _of_goods(version: Version) -> Iterator[Mutant]:
    """Headings, words of descriptions and item records, regions, and authorities of other agencies."""
    if version.headings:
        yield "headings left out", _with(version, headings=None)
    for key in ("described", "unless", "regions", "agencies"):
        words = getattr(version, key)
        for word in words:
            yield f"{key} without {word}", _with(version, **{key: _less(words, word)})


def _of_items(items: Items) -> Iterator[tuple[str, Items]]:
    for word in items.eccn:
        yield f"eccn without {word}", _with(items, eccn=_less(items.eccn, word))
    for word in items.but:
        yield f"except without {word}", _with(items, but=_less(items.but, word))


def _of_places(places: Places) -> Iterator[tuple[str, Places]]:
    if places.all:
        yield "all left out", _with(places, all=False)
    for kind in ("countries", "groups", "chart"):
        for word in getattr(places, kind):
            yield f"{kind} without {word}", _with(places, **{kind: _less(getattr(places, kind), word)})
    for name, but in _of_places(places.but) if places.but else ():
        yield f"except.{name}", _with(places, but=but)


def _of_exceptions(exceptions: Exceptions) -> Iterator[tuple[str, Exceptions]]:
    other = "own_terms" if exceptions.others == "closed" else "closed"
    yield f"others {other}", _exceptions(exceptions.terms, other)
    for symbol, terms in exceptions.terms.items():
        for name, changed in _of_terms(terms):
            yield f"{symbol}.{name}", _exceptions(exceptions.terms | {symbol: changed}, exceptions.others)


def _of_terms(terms: ExceptionTerms) -> Iterator[tuple[str, ExceptionTerms]]:
    closed = ExceptionTerms.model_validate("closed")
    if terms.closed:
        yield "own_terms instead of closed", ExceptionTerms.model_validate("own_terms")
        return
    yield "closed instead of open", closed
    if terms.paragraphs or terms.destinations or terms.items:
        yield f"own_terms {not terms.own_terms}", _with(terms, own_terms=not terms.own_terms)
    if terms.doubt and (terms.paragraphs or terms.destinations or terms.items or terms.own_terms):
        yield "doubt left out", _with(terms, doubt=None)
    for paragraph in terms.paragraphs:
        left = _less(terms.paragraphs, paragraph)
        yield f"paragraphs without {paragraph}", _with(terms, paragraphs=left) if left else closed
    for name, places in _of_places(terms.destinations) if terms.destinations else ():
        yield f"destinations.{name}", _with(terms, destinations=places)
    for name, items in _of_items(terms.items) if terms.items else ():
        yield f"items.{name}", _with(terms, items=items)


def _of_savings(savings: Savings) -> Iterator[tuple[str, Savings]]:
    deadline = savings.exported_before
    for by, how in SHIFTS:
        yield f"en_route_on {how}", _with(savings, en_route_on=savings.en_route_on + by)
        if isinstance(deadline, date):
            yield f"exported_before {how}", _with(savings, exported_before=deadline + by)
        if savings.look_until:
            yield f"look_until {how}", _with(savings, look_until=savings.look_until + by)
    if savings.newly_listed:
        yield "newly_listed left out", _with(savings, newly_listed=False)
    for word in savings.but:
        yield f"except without {word}", _with(savings, but=_less(savings.but, word))
    if isinstance(deadline, date):
        yield "exported_before unknown", _with(savings, exported_before="unknown", look_until=deadline)
    elif savings.look_until:
        yield "exported_before known", _with(savings, exported_before=savings.look_until + DAY, look_until=None)


def _of_doubts(version: Version) -> Iterator[Mutant]:
    for at, doubt in enumerate(version.doubts):
        before, after = version.doubts[:at], version.doubts[at + 1 :]
        yield f"doubt[{at}] left out", _with(version, doubts=(*before, *after))
        for key, label in (("from_on", "from"), ("until", "until")):
            for by, how in SHIFTS:
                if day := getattr(doubt, key):
                    shifted = _with(doubt, **{key: day + by})
                    yield f"doubt[{at}].{label} {how}", _with(version, doubts=(*before, shifted, *after))
        for fact in doubt.settled_by:
            left = _with(doubt, settled_by=_less(doubt.settled_by, fact))
            yield f"doubt[{at}].settled_by without {fact}", _with(version, doubts=(*before, left, *after))
        if doubt.items:
            yield f"doubt[{at}] of every item", _with(version, doubts=(*before, _with(doubt, items=None), *after))
        for name, items in _of_items(doubt.items) if doubt.items else ():
            left = (*before, _with(doubt, items=items), *after) if items.eccn or items.all else (*before, *after)
            yield f"doubt[{at}].items.{name}", _with(version, doubts=left)


def says_the_same(
    control: Control, mutant: Control, countries: Iterable[str], days: Sequence[date], tables: Tables
) -> bool:
    """Whether a mutant differs in place words alone, and no country on any day is told apart by them.

    A rule may name a country that a group of its own list names too: without the word it says the same.
    """
    for one, other in zip(control.versions, mutant.versions, strict=True):
        if _without_places(one) != _without_places(other):
            return False
        pairs = [(mine, _places(other)[name]) for name, mine in _places(one).items() if mine != _places(other)[name]]
        for iso2, day in product(countries, days if pairs else ()):
            if reaches_place(one.destinations, iso2, day, tables) is not False and any(
                reaches_place(mine, iso2, day, tables) is not reaches_place(its, iso2, day, tables)
                for mine, its in pairs
            ):
                return False
    return True


def _places(version: Version) -> dict[str, Places]:
    terms = {symbol: one.destinations for symbol, one in version.exceptions.terms.items() if one.destinations}
    return terms | {"": version.destinations}


def _without_places(version: Version) -> Version:
    terms = {symbol: _with(one, destinations=None) for symbol, one in version.exceptions.terms.items()}
    return _with(version, destinations=None, exceptions=(version.exceptions.others, terms))


def _with(model: Any, **changes: object) -> Any:
    return model.model_copy(update=changes)


def _less(words: tuple[str, ...], word: str) -> tuple[str, ...]:
    return tuple(one for one in words if one != word)


def _exceptions(terms: dict[str, ExceptionTerms], others: str) -> Exceptions:
    return Exceptions.model_validate({"others": others, **terms})


def mutants_of_parameter(parameter: Parameter) -> Iterator[tuple[str, Parameter]]:
    """Yield (name, mutated parameter) for every number a step less and more, every word of a list, and every date."""
    step = Decimal({"USD": "0.01", "hours": "24"}.get(parameter.unit, "1"))  # lines have days and no hours
    for at, one in enumerate(parameter.values):
        changed: list[tuple[str, dict[str, Any]]] = []
        if parameter.is_list:
            changed += [(f"without {word}", {"value": _less(tuple(one.value), word)}) for word in one.value]
        else:
            for by, how in ((-step, "less"), (step, "more")):
                changed.append((f"{abs(by)} {how}", {"value": str(Decimal(one.value) + by)}))
        if at and one.from_on:  # a day before the first text is judged by the first
            changed += [(f"from {how}", {"from_on": one.from_on + by}) for by, how in SHIFTS]
        for name, update in changed:
            values = (*parameter.values[:at], one.model_copy(update=update), *parameter.values[at + 1 :])
            yield f"values[{at}] {name}", parameter.model_copy(update={"values": values})

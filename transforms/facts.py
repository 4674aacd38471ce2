"""The facts: what the law asks of a line, each declared once in `facts.yml`; every list of facts is made of it.

A fact is a small answer about a line. A distinct combination of those that the line tells by itself is a situation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from transforms.content import read_yaml
from transforms.line import BY_NAME

FILE = Path(__file__).parent / "facts.yml"
FAMILIES = ("control", "party", "filing", "record")
"""The families of the law that ask for facts: what one asks for, those after it know too."""
ABSENT = ("unknown", "nothing")
_FLAGS = ("reopens", "classifies", "quiet")
_OPTIONAL = ("type", "classifies", "quiet", "terms")
_YES_OR_NO = {"true": True, "false": False}


@dataclass(frozen=True)
class Fact:
    """One fact, as it is declared."""

    name: str
    columns: tuple[str, ...]
    """The columns of the line that it is read from."""
    by: str
    """Who finds it: `line`, a folder of `contexts/`, or `subject`."""
    absent: str
    """What it is where those columns are not there: `unknown` is NULL, `nothing` the empty text."""
    family: str
    """The first family of the law that asks for it."""
    reopens: bool
    """Whether a change of it opens a decided finding again."""
    meaning: str
    type: str = "VARCHAR"
    classifies: bool = False
    """Whether a change of it is told as a change of the classification."""
    quiet: bool = False
    """Whether it is left out of the name of a situation where it adds nothing."""
    terms: tuple[str, ...] = ()
    """Numbers and lists of the law by which it is told: names of parameters."""

    @property
    def usual(self) -> str | bool | None:
        """What it is where nothing is known or added."""
        return None if self.absent == "unknown" else False if self.type == "BOOLEAN" else ""


@cache
def all_facts() -> Mapping[str, Fact]:
    """Return every fact by name, in the order of its file; raise ValueError with every fault of it."""
    written, faults = read_yaml(FILE, FILE.name)
    told = [str(fault) for fault in faults]
    for name, one in (written or {}).items():
        told += _faults(f"{FILE.name}: {name}", one)
    if told:
        raise ValueError("\n".join(told))
    return {name: _fact(name, one) for name, one in written.items()}


def facts_by(*who: str) -> dict[str, Fact]:
    """Return those that the line tells (`line`), that other records add (`records`), or that are of the `subject`."""
    ours = ("line", "subject")
    return {
        name: fact
        for name, fact in all_facts().items()
        if (fact.by if fact.by in ours else "records") in who
    }  # fmt: skip


def facts_known_to(family: str) -> tuple[str, ...]:
    """Return the facts that a family asks for, those of the families before it among them."""
    known = FAMILIES[: FAMILIES.index(family) + 1]
    return tuple(name for name, fact in all_facts().items() if fact.family in known)


@cache
def fact_of_column() -> Mapping[str, str]:
    """Return, by column, the fact that is NULL where the source has no such column: that on which a check decides."""
    return {
        fact.columns[0]: name
        for name, fact in facts_by("line", "subject").items()
        if fact.absent == "unknown" and len(fact.columns) == 1
    }


def all_terms() -> tuple[str, ...]:
    """Return the parameters of the law by which facts are told."""
    return tuple(sorted({term for fact in all_facts().values() for term in fact.terms}))


def _fact(name: str, written: dict[str, Any]) -> Fact:
    given = {key: value for key, value in written.items() if key != "from"}
    given |= {key: _YES_OR_NO[given[key]] for key in _FLAGS if key in given}
    given |= {"columns": tuple(written["from"]), "terms": tuple(given.get("terms", ()))}
    return Fact(name, **given)


def _faults(place: str, written: Any) -> list[str]:
    """What is wrong with one declaration: the key, and what is allowed."""
    names = ["from" if one.name == "columns" else one.name for one in fields(Fact)[1:]]
    if not isinstance(written, dict):
        return [f"{place}: a fact has keys (allowed: {', '.join(names)})"]
    found = [f"{place}: {key}: unknown (allowed: {', '.join(names)})" for key in written if key not in names]
    found += [f"{place}: {key} is missing" for key in names if key not in _OPTIONAL and not written.get(key)]
    columns = written.get("from")
    if columns and not isinstance(columns, list):
        found.append(f"{place}: from: a list of columns of the line is needed")
    elif columns:
        unknown = [one for one in columns if one not in BY_NAME]
        found += [f"{place}: from: {one} is not a column of the line (see line.py)" for one in unknown]
    flags = dict.fromkeys(_FLAGS, tuple(_YES_OR_NO))
    for key, allowed in {"absent": ABSENT, "family": FAMILIES, **flags}.items():
        if (value := written.get(key)) and value not in allowed:
            found.append(f"{place}: {key}: {value} (allowed: {', '.join(allowed)})")
    if written.get("quiet") == "true" and written.get("absent") == "unknown":
        found.append(f"{place}: quiet: what is not known is told in a name (allowed: where absent is nothing)")
    return found

"""A second reading of what an item record says that settles a row of the Commerce Control List; truth has three values.

A row names what settles it in `settled_by`: terms between `;` must all hold, of those between `|` one. Of `serves` and
`meets` the ECCNs stand in `related`. Who says what an item serves has said all that it serves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from tests.support.scope_oracle import covers
from tests.support.truth import Truth, all_of, any_of


def settled(row: Mapping[str, str], eccn: str, said: str) -> Truth:
    """Whether the item is one of those that the row speaks of; None: the record says nothing of it."""
    if not row["settled_by"] or not said:
        return None
    if row["doubted"] and any_of(covers(word, eccn) for word in row["doubted"].split()) is not True:
        return None
    facts = said.split("; ")
    related = list(ranged(row["related"].split()))
    return all_of(
        any_of(_holds(term.strip(), related, facts) for term in part.split("|"))
        for part in row["settled_by"].split(";")
    )


def facts_of(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Facts that settle a row, and some beside them; of ECCNs those asked for, coarser and finer ones and others."""
    found: set[str] = set()
    for row in rows:
        for term in re.split("[;|]", row["settled_by"]) if row["settled_by"] else ():
            word = term.strip()
            if word not in ("serves", "does not serve", "meets"):
                found |= {word, word.removeprefix("not ") if word.startswith("not ") else f"not {word}"}
                continue
            for eccn in ranged(row["related"].split()):
                for near in (eccn, f"{eccn}.a", eccn.rsplit(".", 1)[0], "9A999"):
                    starts = ("meets", "does not meet") if word == "meets" else ("serves", "does not serve")
                    found |= {f"{start} {near}" for start in starts}
    return sorted(found)


def ranged(words: Iterable[str]) -> Iterable[str]:
    """`1B001-1B003` is 1B001, 1B002 and 1B003."""
    for word in words:
        first, _, last = word.partition("-")
        if last:
            yield from (f"{first[:2]}{number:03}" for number in range(int(first[2:]), int(last[2:]) + 1))
        else:
            yield first


def _holds(term: str, related: Sequence[str], facts: Sequence[str]) -> Truth:
    if term == "serves":
        return _serves(related, facts)
    if term == "does not serve":
        return _serves_none(related, facts)
    if term == "meets":
        met = [_is_of(related, one.removeprefix("meets ")) for one in facts if one.startswith("meets ")]
        if True in met:
            return True
        return False if _all_denied(related, facts, "does not meet ") else None
    other = term.removeprefix("not ") if term.startswith("not ") else f"not {term}"
    return True if term in facts else False if other in facts else None


def _served(related: Sequence[str], facts: Sequence[str]) -> list[Truth]:
    return [_is_of(related, one.removeprefix("serves ")) for one in facts if one.startswith("serves ")]


def _serves(related: Sequence[str], facts: Sequence[str]) -> Truth:
    told = any_of(served) if (served := _served(related, facts)) else None
    return False if told is None and _all_denied(related, facts, "does not serve ") else told


def _serves_none(related: Sequence[str], facts: Sequence[str]) -> Truth:
    """What serves items of both sides is left open."""
    served = _served(related, facts)
    if True in served:
        return False if set(served) == {True} else None
    serves = _serves(related, facts)
    return None if serves is None else not serves


def _is_of(related: Sequence[str], eccn: str) -> Truth:
    """Whether an ECCN is one of those related; a word below another one of them is read as a doubt."""
    below = [one for one in related if any(one.startswith(f"{other}.") for other in related)]
    if any(covers(one, eccn) is not False for one in below):
        return None
    return any_of(covers(one, eccn) for one in related)


def _all_denied(related: Sequence[str], facts: Sequence[str], start: str) -> bool:
    denied = [one.removeprefix(start) for one in facts if one.startswith(start)]
    return all(any(covers(one, word) is True for one in denied) for word in related)

"""Which columns say what line a row is: the shipment, and the line within it, as the rows themselves bear out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.drafts.contents import Column
from transforms.drafts.model import Question
from transforms.drafts.offers import Offer

_FILLED = 0.9


@dataclass(frozen=True)
class Identity:
    """The shipment and the line of each row; a constant where each shipment is one row, a question where none tells."""

    shipment: Offer | None = None
    line: Offer | None = None
    constant: str = ""
    question: Question | None = None
    warning: str = ""


def identify(resolved: Sequence[Offer], columns: Sequence[Column]) -> Identity:
    """Return the best pair: the number that names the shipment best, and a line with which no row comes twice."""
    shipments = sorted(
        (one for one in resolved if one.meaning.names and _is_filled(columns[one.place])),
        key=lambda one: (-one.meaning.names, -one.strength, one.place),
    )
    if not shipments:
        return Identity()
    lines = sorted(
        (one for one in resolved if "line_number" in one.meaning.columns),
        key=lambda one: (-one.meaning.tier, -one.strength, one.place),
    )
    shipment = shipments[0]
    number = columns[shipment.place]
    for line in lines:
        if _are_apart(number, columns[line.place]):
            return Identity(shipment, line)
    if lines:
        # another number may be the one within which the lines are counted
        for other in shipments[1:]:
            if _are_apart(columns[other.place], columns[lines[0].place]):
                return Identity(other, lines[0])
        again = f"{shipment.heading!r} and {lines[0].heading!r} come together more than once in the first rows"
        return Identity(shipment, lines[0], warning=f"{again}: rows of one number would contradict each other.")
    if number.is_key:
        return Identity(shipment, constant="1")
    asks = (
        f"No column numbers the lines, and {shipment.heading!r} comes more than once: a line is known by its shipment"
        " and its number. Add a column with a line number to the file, or name one that has another value in each row"
        " of a shipment."
    )
    whole = [
        (one.place, one.heading, one.meaning.means)
        for one in resolved
        if _are_apart(number, columns[one.place]) and not columns[one.place].is_unlike("line number")
    ]
    return Identity(shipment, question=Question("line_number", asks, tuple(whole)))


def _is_filled(column: Column) -> bool:
    return not column.values or len(column.filled) >= _FILLED * len(column.values)


def _are_apart(one: Column, other: Column) -> bool:
    pairs = list(zip(one.values, other.values, strict=True))
    return len(set(pairs)) == len(pairs)

"""The columns that could be the date of export, the destination or the value: one is taken, or it is asked which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from transforms.drafts.contents import Column
from transforms.drafts.model import Question
from transforms.drafts.offers import Offer
from transforms.drafts.words import RIVALS, SERVES

_WHAT = {"export_on": "the date of export", "destination": "the country of destination", "value_usd": "the value"}
_PER_UNIT = frozenset({"unit_price", "list_price"})


@dataclass(frozen=True)
class Settled:
    """The one that is taken, or the question; why others were passed over, by place, and what to watch."""

    taken: Offer | None = None
    question: Question | None = None
    passed: dict[int, str] | None = None
    warning: str = ""


def settle(column: str, candidates: Sequence[Offer]) -> Settled:
    """Return the one candidate that can be meant, or the question where several can."""
    able = [one for one in candidates if one.meaning.tier >= RIVALS]
    if not able:
        able = [one for one in candidates if one.meaning.tier > 0]
    if not able:
        return Settled()
    if len(able) > 1:
        options = tuple((one.place, one.heading, one.meaning.means) for one in able)
        names = _or([repr(one.heading) for one in able])
        return Settled(question=Question(column, f"Which is {_WHAT[column]}: {names}?", options))
    (taken,) = able
    warning = ""
    if taken.meaning.tier < SERVES:
        warning = f"{taken.heading!r} ({taken.meaning.means}) is taken for {_WHAT[column]}, as no other is: check it."
    return Settled(taken, warning=warning)


def settle_value(
    candidates: Sequence[Offer], columns: Sequence[Column], quantity: Offer | None, *, one_row_each: bool
) -> Settled:
    """Return the value of the line. A price of one unit is none where quantity and price make up another amount."""
    passed: dict[int, str] = {}
    for one in (one for one in candidates if one.meaning.name in _PER_UNIT):
        amounts = [other for other in candidates if other.meaning.name not in _PER_UNIT]
        product = next((other for other in amounts if quantity and _makes(columns, quantity, one, other)), None)
        if product and quantity:
            passed[one.place] = f"price of one unit: {quantity.heading!r} times it is {product.heading!r} in each row"
    left = [one for one in candidates if one.place not in passed]
    whole = [one for one in left if one.meaning.name not in _PER_UNIT]
    per_unit = [one for one in left if one.meaning.name in _PER_UNIT]
    warning = ""
    if len(per_unit) == 1 and not any(one.meaning.tier >= RIVALS for one in whole):
        (one,) = per_unit
        passed[one.place] = one.meaning.means
        left = whole
        warning = (
            f"{one.heading!r} is the {one.meaning.means}, not the value of the line, and is not read. Low-value exports"
            " cannot be told without a column that has the value of the line."
        )
    is_of_each = one_row_each and len(left) == 1
    if left and all(one.meaning.name == "header_total" for one in left) and not is_of_each:
        names = _or([repr(one.heading) for one in left])
        more = f"{names} is of a whole document, not of one line, and is not read as the value."
        return Settled(passed=passed | {one.place: one.meaning.means for one in left}, warning=warning or more)
    settled = settle("value_usd", left)
    return Settled(settled.taken, settled.question, passed, settled.warning or warning)


def _makes(columns: Sequence[Column], quantity: Offer, price: Offer, amount: Offer) -> bool:
    """Whether quantity times price is the amount, in each row of the sample, and not because each quantity is one."""
    prices, amounts = ([_number(value) for value in columns[one.place].values] for one in (price, amount))
    values = columns[quantity.place].values
    # 5,000 is five of some, and five thousand of others
    return any(
        _is_product([_number(value, thousands=thousands) for value in values], prices, amounts)
        for thousands in (True, False)
    )


def _is_product(*factors: Sequence[Decimal | None]) -> bool:
    rows = [row for row in zip(*factors, strict=True) if None not in row]
    near = [abs(one * price - amount) <= max(Decimal("0.02"), abs(amount) / 1000) for one, price, amount in rows]
    return len(rows) >= max(1, len(factors[0]) // 2) and any(row[0] != 1 for row in rows) and all(near)


def _number(text: str, *, thousands: bool = True) -> Decimal | None:
    """Return a number by its digits, whichever mark it has; only to compare numbers of one file."""
    cleaned = "".join(sign for sign in text if sign in "0123456789.,-")
    mark = max(cleaned.rfind("."), cleaned.rfind(","))
    if mark >= 0:
        whole = cleaned[:mark].replace(".", "").replace(",", "")
        is_thousands = thousands and len(cleaned) - mark - 1 == 3 and cleaned[mark] == ","
        cleaned = whole + ("" if is_thousands else ".") + cleaned[mark + 1 :]
    try:
        return Decimal(cleaned.rstrip("-"))
    except InvalidOperation:
        return None


def _or(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"

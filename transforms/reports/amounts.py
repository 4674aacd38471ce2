"""How counts and dollars are written, the same on every page."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def count(number: int, noun: str = "", plural: str = "") -> str:
    """`1,234`, or `1 line`, `1,234 lines` when a noun is given."""
    return f"{number:,}" + (f" {noun if number == 1 else plural or noun + 's'}" if noun else "")


def money(value: Decimal | float | str | None) -> str:
    """Whole dollars, `$12,345`; an unknown value is said to be one."""
    if value is None:
        return "not known"
    whole = Decimal(value).quantize(Decimal(1), ROUND_HALF_UP)
    return f"-${-whole:,}" if whole < 0 else f"${whole:,}"


def rough_money(value: Decimal | float | None) -> str:
    """`$1.2 million` from a million up, else whole dollars: for the headline and the key figures."""
    if value is None or value < 10**6:
        return money(value)
    words = {Decimal(10**6): "million", Decimal(10**9): "billion", Decimal(10**12): "trillion"}
    scaled = [((Decimal(value) / scale).quantize(Decimal("0.1"), ROUND_HALF_UP), word) for scale, word in words.items()]
    tenths, word = next((pair for pair in scaled if pair[0] < 1000), scaled[-1])
    return f"${tenths:,} {word}"

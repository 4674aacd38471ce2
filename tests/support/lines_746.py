"""One line to a destination of part 746, and what its second reading says, in one sentence each."""

from __future__ import annotations

from tests.support.oracle_746 import RULES, judge
from tests.support.truth import Line

OF_PLACE = {place: rule for rule, (places, _) in reversed(RULES.items()) for place in places}
"""The first rule of each destination."""


def line_of(destination: str, export_on: str, **columns: str | None) -> Line:
    """Return an EAR99 T-shirt, under NLR, handed to the carrier on the day it left."""
    return {
        "destination": destination, "export_on": export_on, "tendered_on": export_on, "activity": "export",
        "form": "tangible", "eccn": "EAR99", "schedule_b": "6109100000", "description": "T-shirt", "quantity": "1",
        "uom": "PCS", "value_usd": "1000", "license_code": "C33", "license_number": "NLR",
    } | columns  # fmt: skip


def answer(destination: str, export_on: str, **columns: str | None) -> str:
    found = judge(line_of(destination, export_on, **columns))[OF_PLACE[destination]]
    assert found is not None
    return f"{found.outcome} {found.why}"


def claimed(symbol: str, paragraph: str | None = None) -> dict[str, str | None]:
    return {"license_code": "", "license_number": symbol, "exception_paragraph": paragraph}

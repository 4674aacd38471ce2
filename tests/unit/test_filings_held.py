"""What AES holds is filed, whatever the line records: found by ITN, by reference, or by invoice, day and Schedule B."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from tests.support.evidence import OPEN, Example, given, is_as_expected, on_examples, screened, second_reading
from tests.support.truth import Line

BY_REFERENCE: dict[str, Any] = {"shipment_reference": "{ref}"}
BY_INVOICE: dict[str, Any] = {"invoice_number": "{invoice}"}
BY_ITN: dict[str, Any] = {"shipment_reference": "another"}
OTHER: dict[str, Any] = {"itn": "{other}", "shipment_reference": "another"}
"""A filing of the same USPPI and day that is of another shipment."""
LINES: Mapping[str, Line] = {
    "without an ITN": given(),
    "of a source without ITNs": given(itn=None),
    "of a source without ITNs and exemptions": given(itn=None, eei_exemption=None),
    "under a malformed ITN": given(itn="X2025"),
    "under an ITN that AES does not hold": given(itn="{other}"),
    "pending": given(itn="PENDING"),
    "cited for another day": given(itn="AESPOST {usppi}12 <1>"),
    "cited for its day": given(itn="AESDOWN 123456789 <0>"),
    "under low value that it is not": given(eei_exemption="NOEEI 30.37(a)"),
    "under a legend on its own terms": given(eei_exemption="NOEEI 30.37(b)"),
    "under a legend that is none": given(eei_exemption="EXEMPT"),
    "of no recorded value": given(value_usd=""),
    "of no recorded activity": given(activity=""),
    "of no recorded form": given(form=""),
    "of no recorded ECCN": given(eccn=""),
    "of no recorded country": given(destination=""),
    "of no recorded USPPI": given(usppi_id="", usppi_name=""),
    "of the 600 series": given(eccn="9A610.x", value_usd="100"),
    "under a license": given(license_code="C30", license_number="D123456", value_usd="100"),
    "under a license of State": given(license_code="S05", license_number="050123456"),
    "to Puerto Rico": given(destination="PR"),
    "to Iran": given(destination="IR", value_usd="100"),
}
CANCELED, ELSEWHERE, STRANGER = {"status": "cancelled"}, {"destination": "FR"}, {"usppi_id": "98765432100"}


def _held() -> Iterator[Example]:
    for what, line in LINES.items():
        filed = {"destination": line.get("destination") or "DE"}
        for how, key in {"reference": BY_REFERENCE, "invoice": BY_INVOICE}.items():
            yield Example(f"a line {what}, held by {how}", "clear", line, filings=[key | filed], aes="held")
    found: dict[str, tuple[Line, list[dict[str, Any]]]] = {
        "by ITN": (given(itn="{itn}"), [BY_ITN]),
        "by ITN, as printed": (given(itn="AES {itn} SS"), [BY_ITN]),
        "by ITN in the field of the exemption": (given(eei_exemption="AES {itn}"), [BY_ITN]),
        "by a reference in other letters": (given(shipment_id="s-{ref}"), [{"shipment_reference": "S {ref}"}]),
        "by an invoice in other letters": (given(invoice_number="i/{invoice}"), [{"invoice_number": "I-{invoice}"}]),
        "by the invoice under dots": (given(schedule_b="9027.50.0000"), [BY_INVOICE]),
        "under another ITN of its reference": (given(itn="{other}"), [BY_REFERENCE]),
        "from a report before the export": ({}, [BY_REFERENCE | {"taken": -1}]),
        "from a report of the day": ({}, [BY_REFERENCE | {"taken": 0}]),
        "from a report without a date": ({}, [BY_REFERENCE | {"taken": None}]),
        "for a USPPI with hyphens": ({}, [BY_REFERENCE | {"usppi_id": "{hyphened}"}]),
        "for a USPPI under another suffix": ({}, [BY_REFERENCE | {"usppi_id": "{usppi}34"}]),
        "for a USPPI without its suffix": ({}, [BY_REFERENCE | {"usppi_id": "{usppi}"}]),
        "for no recorded USPPI": ({}, [BY_REFERENCE | {"usppi_id": ""}]),
        "to no recorded country": ({}, [BY_REFERENCE | {"destination": ""}]),
        "a day later": ({}, [BY_REFERENCE | {"export_on": 1}]),
        "at another value": ({}, [BY_REFERENCE | {"value_usd": "100"}]),
        "canceled, and filed again": ({}, [BY_REFERENCE | CANCELED, BY_REFERENCE | {"itn": "{other}"}]),
        "filed again, and the first canceled": ({}, [BY_REFERENCE, BY_REFERENCE | CANCELED | {"itn": "{other}"}]),
        "canceled by ITN, and filed again": (given(itn="{itn}"), [CANCELED, BY_REFERENCE | {"itn": "{other}"}]),
        "beside a filing to another country": ({}, [BY_REFERENCE | ELSEWHERE | {"itn": "{other}"}, BY_REFERENCE]),
    }
    for how, (line, filings) in found.items():
        yield Example(f"held {how}", "clear", line, filings=filings, aes="held")
    two = [given(shipment_id="{ref}")]
    yield Example("two lines of one filing line", "clear", {}, two, [BY_REFERENCE | {"value_usd": "18000"}], "held")
    yield Example("two lines of two filing lines", "clear", {}, two, [BY_REFERENCE, BY_REFERENCE], "held")


def _not_held() -> Iterator[Example]:
    unread = given(schedule_b="TBD")
    told: dict[str, tuple[str, Line, list[dict[str, Any]]]] = {
        "no filings at all": ("flagged", {}, []),
        "no filings at all, no column for ITNs": ("undetermined", given(itn=None), []),
        "a filing of another shipment": ("flagged", {}, [OTHER]),
        "a filing of another shipment, no column for ITNs": (OPEN, given(itn=None), [OTHER]),
        "a filing of another shipment, a malformed ITN": ("undetermined", given(itn="X2025"), [OTHER]),
        "a filing of another shipment, another ITN": ("flagged", given(itn="{itn}"), [OTHER]),
        "no invoice on either side": ("flagged", given(invoice_number=""), [OTHER]),
        "no invoice, and TBD": ("flagged", given(invoice_number="TBD"), [OTHER]),
        "the invoice on another day": (OPEN, {}, [BY_INVOICE | {"export_on": 1}]),
        "the invoice under another number": (OPEN, {}, [BY_INVOICE | {"schedule_b": "9027890000"}]),
        "the invoice, and no Schedule B number": (OPEN, given(schedule_b=""), [BY_INVOICE | {"schedule_b": ""}]),
        "the invoice, and a number that is none": (OPEN, unread, [BY_INVOICE | {"schedule_b": "TBD"}]),
        "the invoice of another USPPI": (OPEN, {}, [BY_INVOICE | STRANGER]),
        "the invoice to another country": (OPEN, {}, [BY_INVOICE | ELSEWHERE]),
        "the reference of another USPPI": (OPEN, {}, [BY_REFERENCE | STRANGER]),
        "the reference to another country": (OPEN, {}, [BY_REFERENCE | ELSEWHERE]),
        "the reference of another USPPI to another country": (OPEN, {}, [BY_REFERENCE | STRANGER | ELSEWHERE]),
        "the reference a year before": (OPEN, {}, [BY_REFERENCE | {"export_on": -365}]),
        "the reference a year later": (OPEN, {}, [BY_REFERENCE | {"export_on": 365}]),
        "the reference to another country, no column for ITNs": (OPEN, given(itn=None), [BY_REFERENCE | ELSEWHERE]),
        "the reference to another country, the invoice too": (OPEN, {}, [BY_REFERENCE | BY_INVOICE | ELSEWHERE]),
        "canceled": ("flagged", {}, [BY_REFERENCE | CANCELED]),
        "canceled, by invoice": ("flagged", {}, [BY_INVOICE | CANCELED]),
        "canceled, by ITN": ("flagged", given(itn="{itn}"), [CANCELED]),
        "canceled twice": ("flagged", {}, [BY_REFERENCE | CANCELED, BY_REFERENCE | CANCELED | {"itn": "{other}"}]),
        "canceled, and another USPPI files": (OPEN, {}, [BY_REFERENCE | CANCELED, BY_REFERENCE | STRANGER]),
        "rejected": (OPEN, {}, [BY_REFERENCE | {"status": "rejected"}]),
        "a draft": (OPEN, {}, [BY_REFERENCE | {"status": "draft"}]),
        "deleted": (OPEN, {}, [BY_REFERENCE | {"status": "deleted"}]),
        "a status of no known meaning": (OPEN, {}, [BY_REFERENCE | {"status": "zzz"}]),
    }
    for what, (expect, line, filings) in told.items():
        aes = "not held" if expect == "flagged" and filings else ""
        yield Example(what, expect, line, filings=filings, aes=aes)
    beside = [given(shipment_id="{ref}", schedule_b="9027890000")]
    one_of_two = [BY_REFERENCE | {"schedule_b": "9027890000"}]
    yield Example("the other line of the shipment alone is held", OPEN, {}, beside, one_of_two)
    low, canceled = given(value_usd="2500"), [BY_REFERENCE | CANCELED]
    yield Example("canceled, and low value", "clear", low, filings=canceled, aes="cancelled")
    yield Example("another shipment's, and low value", "clear", low, filings=[OTHER])
    yield Example("to another country, and low value", "clear", low, filings=[BY_REFERENCE | ELSEWHERE])
    yield Example("canceled, and to Canada", "clear", given(destination="CA"), filings=canceled, aes="cancelled")


EXAMPLES = [*_held(), *_not_held()]


@cache
def outcomes() -> list[str]:
    return screened(EXAMPLES)


@on_examples(EXAMPLES)
def test_what_aes_holds_is_filed_and_nothing_else_is(at: int) -> None:
    assert is_as_expected(EXAMPLES[at], outcomes()[at]), f"found {outcomes()[at]}: {EXAMPLES[at]}"


@on_examples(EXAMPLES)
def test_the_second_reading_says_so_too(at: int) -> None:
    said = second_reading(EXAMPLES[at])
    assert is_as_expected(EXAMPLES[at], said), f"said {said}: {EXAMPLES[at]}"

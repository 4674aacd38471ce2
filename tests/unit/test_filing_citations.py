"""A post-departure or downtime citation is a claim: its form, its date and what AES holds decide. 15 CFR part 30."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from tests.support.evidence import (
    OPEN,
    Example,
    given,
    is_as_expected,
    on_examples,
    screened,
    second_reading,
)
from tests.support.truth import Line

COLUMNS = ("itn", "eei_exemption")
CITED = "AESPOST {usppi}12 <0>"
IN_FORM = (CITED, "AESPOST {usppi} <0>", "AESPOST {usppi}12-987654321 <0>", "AESDOWN 123456789 <0>",
           "aespost {usppi}12 <0>")  # fmt: skip
VOID = tuple(
    f"{citation} {day}"
    for citation, days in {
        "AESPOST {usppi}12": ("<1>", "<-1>", "<365>", "<-365>", "<31>", "02/30/2025", "00/00/0000", "14/03/2025"),
        "AESPOST {usppi}12-987654321": ("<1>", "02/29/2025"),
        "AESDOWN 123456789": ("<1>", "<-1>", "13/01/2025", "03/00/2025"),
    }.items()
    for day in days
)
NO_FORM = (
    "AESPOST", "AESDOWN", "AESPOST <0>", "AESDOWN <0>", "AESPOST {usppi}12", "AESPOST {usppi}12 3/14/2025",
    "AESPOST {usppi}12 03/14/25", "AESPOST {usppi}12 2025-03-14", "AESPOST {usppi}12 14.03.2025",
    "AES POST {usppi}12 <0>", "AESPOST {usppi}12<0>", "AESPOST {usppi}12 987654321 <0>", "AESPOST {usppi}12-<0>",
    "AESPOST {usppi}12 <0> SS", "AESPOST {usppi}12 <1> <0>", "AESPOST {usppi}12 PENDING", "AESDOWN TBD",
)  # fmt: skip
NOT_DUE: Mapping[str, Line] = {
    "of low value": given(value_usd="2500"),
    "to Canada": given(destination="CA"),
    "that stays in the United States": given(destination="US"),
    "to Guam": given(destination="GU"),
    "that is intangible": given(form="intangible"),
    "that is a reexport": given(activity="reexport"),
    "that is a transfer within a country": given(activity="in_country_transfer"),
}
DUE: Mapping[str, Line] = {
    "a cent over low value": given(value_usd="2500.01"),
    "of the 600 series at low value": given(value_usd="100", eccn="9A610.x"),
    "under a license at low value": given(value_usd="100", license_code="C30", license_number="D123456"),
    "of the CCL to China at low value": given(value_usd="100", eccn="3A992", destination="CN"),
    "under a license to Canada": given(destination="CA", license_code="C30", license_number="D123456"),
}
HELD: dict[str, Any] = {"shipment_reference": "{ref}"}
OTHER: dict[str, Any] = {"itn": "{other}", "shipment_reference": "another"}
"""A filing of the same USPPI and day that is of another shipment."""


def _by_themselves() -> Iterator[Example]:
    for kind, citations, expect in (
        ("in form", IN_FORM, "undetermined"), ("of another day", VOID, "flagged"),
        ("not in form", NO_FORM, "undetermined"),
    ):  # fmt: skip
        for column in COLUMNS:
            for citation in citations:
                yield Example(f"{kind}, in {column}: {citation}", expect, {column: citation})
        for what, line in NOT_DUE.items():
            yield Example(f"{kind}, for a line {what}", "clear", {**line, "itn": citations[0]})
        for what, line in DUE.items():
            yield Example(f"{kind}, for a line {what}", expect, {**line, "itn": citations[0]})
    void = VOID[0]
    beside: dict[str, tuple[str, Line]] = {
        "another day, beside an ITN": ("clear", given(itn="{itn}", eei_exemption=void)),
        "another day, an ITN in the field of the exemption": ("clear", given(itn=void, eei_exemption="AES {itn}")),
        "another day, beside a malformed ITN": ("undetermined", given(itn="X2025", eei_exemption=void)),
        "another day, in both fields": ("flagged", given(itn=void, eei_exemption=void)),
        "another day beside this day": ("undetermined", given(itn=void, eei_exemption=CITED)),
        "this day beside another day": ("undetermined", given(itn=CITED, eei_exemption=void)),
        "this day beside low value that it is not": ("undetermined", given(itn=CITED, eei_exemption="NOEEI 30.37(a)")),
        "another day beside low value that it is not": ("flagged", given(itn=void, eei_exemption="NOEEI 30.37(a)")),
        "another day beside a legend on own terms": ("undetermined", given(itn=void, eei_exemption="NOEEI 30.37(b)")),
        "another day beside a word": ("undetermined", given(itn=void, eei_exemption="EXEMPT")),
        "another day, no column for the ITN": ("undetermined", given(itn=None, eei_exemption=void)),
        "another day, no column for the exemption": ("undetermined", given(itn=void, eei_exemption=None)),
        "another day, no value": ("undetermined", given(itn=void, value_usd="")),
        "another day, no activity": ("undetermined", given(itn=void, activity="")),
        "another day, no destination": ("undetermined", given(itn=void, destination="")),
    }  # fmt: skip
    yield from (Example(case, expect, line) for case, (expect, line) in beside.items())
    for day, cited, expect in (
        (date(2024, 12, 31), "12/31/2024", "undetermined"), (date(2024, 12, 31), "12/31/2025", "flagged"),
        (date(2024, 2, 29), "02/29/2024", "undetermined"), (date(2024, 2, 29), "03/01/2024", "flagged"),
        (date(2024, 2, 29), "02/29/2023", "flagged"), (date(2025, 3, 4), "04/03/2025", "flagged"),
    ):  # fmt: skip
        line = given(itn=f"AESPOST {{usppi}}12 {cited}")
        yield Example(f"exported on {day}, cited {cited}", expect, line, day=day)


def _under_reports() -> Iterator[Example]:
    cited, down, void, no_form = (given(itn=one) for one in (CITED, IN_FORM[3], VOID[0], NO_FORM[2]))
    in_exemption, low = given(eei_exemption=CITED), given(itn=CITED, value_usd="900")
    no_usppi = given(itn=CITED, usppi_id="", usppi_name="")
    early, not_held, second = {"taken": 2}, "not held", {"source": "aes-2"}
    stranger = {"usppi_id": "98765432100"}
    for what, line in {"post-departure": cited, "downtime": down, "in the exemption": in_exemption}.items():
        for taken in (-1, 0, 1, 4, 5, 5.99):
            case = f"{what}, a report of {taken} days later does not cover the day yet"
            yield Example(case, "undetermined", line, filings=[{**OTHER, "taken": taken}])
        for taken in (6, 7, 400):
            case = f"{what}, a report of {taken} days later does not hold it"
            yield Example(case, "flagged", line, filings=[{**OTHER, "taken": taken}], aes=not_held)
        for taken in (0, 5, 6, 30):
            case = f"{what}, a report of {taken} days later holds it"
            yield Example(case, "clear", line, filings=[{**HELD, "taken": taken}], aes="held")
    told: dict[str, tuple[str, Line, list[dict[str, Any]], str]] = {
        "a report without a date": (OPEN, cited, [{**OTHER, "taken": None}], ""),
        "a report of another USPPI": ("undetermined", cited, [OTHER | stranger], ""),
        "a report of the USPPI and another suffix": ("flagged", cited, [{**OTHER, "usppi_id": "{usppi}34"}], not_held),
        "a report of the USPPI with hyphens": ("flagged", cited, [{**OTHER, "usppi_id": "{hyphened}"}], not_held),
        "a report that names no USPPI": (OPEN, cited, [{**OTHER, "usppi_id": ""}], ""),
        "a line that names no USPPI": (OPEN, no_usppi, [OTHER], ""),
        "a report of the month before": ("undetermined", cited, [{**OTHER, "export_on": -20}], ""),
        "a report of the month after": ("undetermined", cited, [{**OTHER, "export_on": 20}], ""),
        "a report of the same month a year before": ("undetermined", cited, [{**OTHER, "export_on": -365}], ""),
        "a report of the month that ends before the day": (OPEN, cited, [{**OTHER, "export_on": -3}], ""),
        "a report of the month that begins after the day": (OPEN, cited, [{**OTHER, "export_on": 3}], ""),
        "filings before and after the day": (
            "flagged", cited, [OTHER | {"export_on": -3}, OTHER | {"export_on": 3}], not_held),
        "an early report, then a later one": ("flagged", cited, [OTHER | early, OTHER | second], not_held),
        "an early report, then a later one of another USPPI": (
            "undetermined", cited, [OTHER | early, OTHER | second | stranger], ""),
        "an early report, then a later one of another month": (
            "undetermined", cited, [OTHER | early, OTHER | second | {"export_on": 20}], ""),
        "an early report, then a later one that holds it": ("clear", cited, [OTHER | early, HELD | second], "held"),
        "an early report that holds it, then a later one": ("clear", cited, [HELD | early, OTHER | second], "held"),
        "held by its invoice": ("clear", cited, [{"invoice_number": "{invoice}"}], "held"),
        "held by an ITN beside it": ("clear", given(itn="{itn}", eei_exemption=CITED), [{}], "held"),
        "an ITN that is not held beside it": ("flagged", given(itn="{itn}", eei_exemption=CITED), [OTHER], not_held),
        "canceled in AES": (OPEN, cited, [{**HELD, "status": "cancelled"}], "cancelled"),
        "canceled in AES, and filed again": ("clear", cited, [
            HELD | {"status": "cancelled"}, HELD | {"itn": "{other}"}], "held"),
        "rejected by AES": (OPEN, cited, [{**HELD, "status": "rejected"}], "rejected"),
        "its reference in a filing to another country": (OPEN, cited, [{**HELD, "destination": "FR"}], ""),
        "its reference in a filing of another USPPI": (OPEN, cited, [HELD | stranger], ""),
        "its reference in a filing of another USPPI, and a report": (OPEN, cited, [HELD | stranger, OTHER], ""),
        "its reference in a filing of a year before": (OPEN, cited, [{**HELD, "export_on": -365}], ""),
        "its reference in a filing of a year later": (OPEN, cited, [{**HELD, "export_on": 365}, OTHER], ""),
        "its reference without a country": ("clear", cited, [{**HELD, "destination": ""}], "held"),
        "its reference without a USPPI": ("clear", cited, [{**HELD, "usppi_id": ""}], "held"),
        "another day, and held": ("clear", void, [HELD], "held"),
        "another day, and not held": ("flagged", void, [OTHER], not_held),
        "another day, and a report that is too early": ("flagged", void, [{**OTHER, **early}], ""),
        "not in form, and held": ("clear", no_form, [HELD], "held"),
        "not in form, and not held": ("undetermined", no_form, [OTHER], ""),
        "low value, and not held": ("clear", low, [OTHER], not_held),
        "low value, and canceled": ("clear", low, [{**HELD, "status": "cancelled"}], "cancelled"),
        "to Canada, and not held": ("clear", {**cited, "destination": "CA"}, [OTHER], not_held),
        "the 600 series at low value, and not held": ("flagged", {**low, "eccn": "9A610.x"}, [OTHER], not_held),
        "the 600 series at low value, and held": ("clear", {**low, "eccn": "9A610.x"}, [HELD], "held"),
        "no column for ITNs, and not held": (OPEN, given(itn=None, eei_exemption=CITED), [OTHER], ""),
        "no column for ITNs, and held": ("clear", given(itn=None, eei_exemption=CITED), [HELD], "held"),
        "a line of no value, and not held": ("undetermined", {**cited, "value_usd": ""}, [OTHER], not_held),
    }  # fmt: skip
    yield from (Example(case, expect, line, (), filings, aes) for case, (expect, line, filings, aes) in told.items())


EXAMPLES = [Example("nothing is cited", "flagged"), *_by_themselves(), *_under_reports()]


@cache
def outcomes() -> list[str]:
    return screened(EXAMPLES)


@on_examples(EXAMPLES)
def test_a_citation_is_believed_as_far_as_it_goes(at: int) -> None:
    assert is_as_expected(EXAMPLES[at], outcomes()[at]), f"found {outcomes()[at]}: {EXAMPLES[at]}"


@on_examples(EXAMPLES)
def test_the_second_reading_of_a_citation_says_so_too(at: int) -> None:
    said = second_reading(EXAMPLES[at])
    assert is_as_expected(EXAMPLES[at], said), f"said {said}: {EXAMPLES[at]}"

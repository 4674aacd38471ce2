"""What the Schedule B number, the price, the description and the region of a line tell of part 746."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.facts_of_lines import LINE, TERMS
from tests.support.steps import told
from transforms.decide.families import CONTROL
from transforms.situations.situations import SITUATIONS

LISTS = TERMS | {
    "heading_destinations": ["BY", "RU"], "listed_headings": ["2501", "640391", "84", "841989"],
    "priced_headings": ["640391 300"], "count_units": ["EA", "PRS"], "supplement_6_descriptions": [r"\bpcr\b"],
    "software_descriptions": [r"\bsoftware\b"], "crimea_places": ["^40$", r"\bcrim(ea|ee)\b"],
    "dnr_lnr_places": [r"\bdnr\b"],
    "donetsk_luhansk_places": [r"\bdonetsk\b"],
}  # fmt: skip


def fact(memory: Any, name: str, **line: object) -> str:
    recorded = LINE | {"destination": "RU"} | line
    ((found,),) = told(memory, SITUATIONS, "facts", f"situation.{name}", {"fact_lines": [recorded]}, **LISTS)
    return str(found)


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        ("8419895000", "841989"), ("84198950", "841989"), ("841989", "841989"), ("8421190000", "84"),
        ("2501000000", "2501"), ("0101210000", "other"), ("841989500", "unread"), ("8419895", "unread"),
        ("84198", "unread"), ("8.42E+09", "unread"), ("9801100000", "unread"), ("7701000000", "unread"),
        ("", "not recorded"), (None, "not provided"),
    ],
)  # fmt: skip
def test_six_eight_or_ten_digits_lead_to_the_longest_heading_of_a_list(memory, number, heading) -> None:
    assert fact(memory, "listed_heading", schedule_b=number) == heading


def test_a_heading_is_told_only_where_the_destination_or_a_party_is_in_a_country_that_asks(memory) -> None:
    machine = {"schedule_b": "8421190000"}
    assert fact(memory, "listed_heading", **machine, destination="DE") == ""
    assert fact(memory, "listed_heading", **machine, destination="DE", consignee_country="BY") == "84"
    assert fact(memory, "listed_heading", **machine, destination="DE", end_user_country="RU") == "84"
    assert fact(memory, "listed_heading", **machine, destination="UA") == ""
    assert fact(memory, "listed_heading", **machine, destination="UA", destination_region="Crimea") == "84"


@pytest.mark.parametrize(
    ("line", "price"),
    [
        ({"quantity": 2, "value_usd": 1201}, "over"), ({"quantity": 2, "value_usd": 1200}, "near"),
        ({"quantity": 2, "value_usd": 300}, "near"), ({"quantity": 2, "value_usd": "299.99"}, "under"),
        ({"quantity": 0, "value_usd": 900}, "unpriced"), ({"quantity": None, "value_usd": 900}, "unpriced"),
        ({"quantity": 2, "value_usd": None}, "unpriced"), ({"quantity": 2, "value_usd": 900, "uom": "KG"}, "unpriced"),
    ],
)  # fmt: skip
def test_the_price_of_one_unit_is_held_against_the_floor_of_its_heading(memory, line, price) -> None:
    shoes = {"schedule_b": "6403910000", "uom": "PRS"} | line
    assert fact(memory, "listed_heading", **shoes) == f"640391 {price}"


def test_a_description_points_to_supplement_6_or_software_of_ear99_lines_alone(memory) -> None:
    assert fact(memory, "described_as", description="Real-time PCR kit") == "Supplement 6"
    assert fact(memory, "described_as", description="PCR software") == "Supplement 6, software"
    assert fact(memory, "described_as", description="Plans", form="intangible") == "intangible"
    assert fact(memory, "described_as", description="PCR kit", eccn="3A991") == ""
    assert fact(memory, "described_as", description="PCR kit", eccn="") == "Supplement 6, no ECCN"
    assert fact(memory, "described_as", description="PCR kit", destination="DE") == ""
    assert fact(memory, "described_as", description=None) == ""


def test_an_intangible_line_without_a_number_has_no_heading(memory) -> None:
    assert fact(memory, "listed_heading", schedule_b="", form="intangible") == "other"
    assert fact(memory, "listed_heading", schedule_b="8421190000", form="intangible") == "84"


def test_the_region_of_a_line_to_ukraine_or_russia_is_told_by_its_words(memory) -> None:
    regions = {"Republic of CRIMEA": "Crimea", "Crimée": "Crimea", "DNR": "DNR or LNR", "Donetsk": "Donetsk or Luhansk",
               "Kyiv": "", "": "", None: ""}  # fmt: skip
    assert {r: fact(memory, "occupied_region", destination="UA", destination_region=r) for r in regions} == regions
    assert fact(memory, "occupied_region", destination="RU", destination_region="Crimea") == "Crimea"
    assert fact(memory, "occupied_region", destination="DE", destination_region="Crimea") == ""
    assert fact(memory, "occupied_region", destination="RU", destination_region="40") == ""


WORDS = [
    {"heading_key": 1, "heading": "84", "is_except": False, "from_on": "2023-05-19", "is_sure": True},
    {"heading_key": 1, "heading": "84", "is_except": False, "until_on": "2023-05-18", "is_sure": False},
    {"heading_key": 1, "heading": "841989", "is_except": False, "from_on": "2023-02-24", "is_sure": True},
    {"heading_key": 2, "heading": "84", "is_except": True, "is_sure": True},
]


def states(memory: Any, *headings: str) -> list[tuple[object, ...]]:
    usual = {"from_on": "0001-01-01", "until_on": "9999-12-31"}
    given = {
        "control_situations": [{"listed_heading": heading} for heading in headings],
        "heading_words": [usual | word for word in WORDS],
    }
    columns = "heading_key listed_heading from_on::varchar state"
    return sorted(told(memory, CONTROL.stage, "heading_states", columns, given))


def test_a_heading_is_in_on_the_days_of_its_list_and_in_doubt_before_it_was_dated(memory) -> None:
    assert states(memory, "84") == [(1, "84", "0001-01-01", "unknown"), (1, "84", "2023-05-19", "in")]


def test_the_longest_heading_of_a_list_decides_alone(memory) -> None:
    assert states(memory, "841989") == [(1, "841989", "2023-02-24", "in")]


def test_a_scope_of_all_but_a_list_reaches_what_is_known_and_not_on_it(memory) -> None:
    assert states(memory, "other") == [(2, "other", "0001-01-01", "in")]


def test_a_number_that_cannot_be_read_is_in_doubt_of_a_list_and_in_no_scope_of_all_but_one(memory) -> None:
    assert states(memory, "unread", "not recorded", "") == [
        (1, one, "0001-01-01", "unknown") for one in ("", "not recorded", "unread")
    ]


def test_a_price_under_the_floor_is_out_and_one_near_it_in_doubt(memory) -> None:
    assert states(memory, "841989 under") == []
    assert states(memory, "841989 near", "841989 unpriced") == [
        (1, one, "2023-02-24", "unknown") for one in ("841989 near", "841989 unpriced")
    ]
    assert states(memory, "841989 over") == [(1, "841989 over", "2023-02-24", "in")]

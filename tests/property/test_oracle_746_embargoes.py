"""The second reading of the embargoes of part 746 says what the facts' own examples say."""

from __future__ import annotations

import pytest

from tests.support.lines_746 import answer, claimed, line_of
from tests.support.oracle_746 import judge

MACHINE, REAGENT, CHEMICAL = "8471300100", "3822190000", "2909110000"


@pytest.mark.parametrize("place", ["KP", "SY"])
def test_food_and_medicine_that_are_ear99_are_carved_out_of_the_embargoes_of_all_items(place: str) -> None:
    day = "2024-01-02"
    assert answer(place, day, schedule_b=MACHINE) == "flag all-items"
    assert answer(place, day, schedule_b=MACHINE, eccn=None) == "flag all-items"
    assert answer(place, day, schedule_b="1001990000") == "undetermined food-medicine-unknown"
    assert answer(place, day, schedule_b=REAGENT) == "undetermined food-medicine-unknown"
    assert answer(place, day, schedule_b="3004909290") == "undetermined food-medicine-unknown"
    assert answer(place, day, schedule_b="") == "undetermined food-medicine-unknown"
    assert answer(place, day, schedule_b="", form="intangible") == "flag all-items"
    assert answer(place, day, schedule_b="300490", item_facts="medicine") == "clear food-medicine"
    assert answer(place, day, schedule_b="300490", item_facts="not food or medicine") == "flag all-items"
    assert answer(place, day, schedule_b="300215", eccn="1C351.a", item_facts="medicine") == "flag all-items"
    assert answer(place, day, schedule_b="300490", eccn=None, item_facts="medicine") == "undetermined eccn-unreadable"


def test_cuba_has_no_carve_out_and_agr_may_serve_what_is_ear99() -> None:
    assert answer("CU", "2024-01-02", schedule_b="1001990000", item_facts="food") == "flag all-items"
    assert answer("CU", "2024-01-02", **claimed("AGR")) == "undetermined exception-terms"
    assert answer("CU", "2024-01-02", eccn="3A992", **claimed("AGR")) == "flag exception-closed"
    assert answer("CU", "2024-01-02", license_code="C51", license_number="AGR12345") == "undetermined exception-terms"
    assert answer("CU", "2024-01-02", license_code="T11", license_number="515.533") == "undetermined ofac-authority"
    assert answer("CU", "2024-01-02", **claimed("APR", "740.16(h)")) == "flag exception-closed"
    assert answer("CU", "2024-01-02", activity="reexport", **claimed("APR", "740.16(h)")) == "clear exception-open"


def test_iran_takes_the_authority_of_ofac_and_no_exception() -> None:
    assert answer("IR", "2024-01-02") == "flag all-items"
    assert answer("IR", "2024-01-02", license_code="T10", license_number="IA-2024-1") == "clear ofac-license"
    assert answer("IR", "2024-01-02", license_code="T10", license_number="") == "undetermined authority-doubtful"
    assert answer("IR", "2024-01-02", license_code="C30", license_number="D123456") == "clear license"
    for symbol in ("TMP", "GOV", "GFT", "AGR", "SPP", "MED", "TSU"):
        assert answer("IR", "2024-01-02", **claimed(symbol)) == "flag exception-closed"


@pytest.mark.parametrize("place", ["CU", "IR", "KP", "SY"])
def test_transfers_within_the_country_are_not_named_and_an_activity_not_recorded_leaves_it_open(place: str) -> None:
    assert answer(place, "2024-01-02", activity="in_country_transfer") == "clear activity-not-named"
    assert answer(place, "2024-01-02", activity=None) == "undetermined activity-unknown"
    assert answer(place, "2024-01-02", activity="reexport") == "flag all-items"


@pytest.mark.parametrize(
    ("symbol", "paragraph", "before", "since"),
    [
        ("SPP", None, "flag exception-closed", "clear exception-open"),
        ("TMP", "740.9(a)(9)", "clear exception-open", "clear exception-open"),
        ("TMP", "740.9(a)(3)", "flag exception-closed", "clear exception-open"),
        ("TMP", "740.9(a)(11)", "flag exception-closed", "undetermined exception-paragraph"),
        ("RPL", "740.10(a)", "flag exception-closed", "undetermined exception-terms"),
        ("TSU", "740.13(g)", "flag exception-closed", "clear exception-open"),
        ("GOV", "740.11(c)", "flag exception-closed", "clear exception-open"),
        ("AVS", "740.15(b)", "flag exception-closed", "undetermined exception-terms"),
        ("CCD", None, "flag exception-closed", "undetermined exception-terms"),
        ("CIV", None, "flag exception-closed", "flag exception-closed"),
    ],
)
def test_syria_has_its_exceptions_by_date(symbol: str, paragraph: str | None, before: str, since: str) -> None:
    assert answer("SY", "2025-09-01", **claimed(symbol, paragraph)) == before
    assert answer("SY", "2025-09-02", **claimed(symbol, paragraph)) == since


def test_spp_serves_ear99_alone_and_must_be_claimed() -> None:
    assert answer("SY", "2025-09-02") == "flag spp-not-claimed"
    assert answer("SY", "2025-09-02", eccn="3A992", **claimed("SPP")) == "flag exception-closed"
    assert answer("SY", "2025-09-02", eccn=None, **claimed("SPP")) == "undetermined eccn-unreadable"
    assert answer("SY", "2025-09-02", license_code="C70", license_number="SPP") == "undetermined authority-doubtful"
    assert answer("SY", "2025-09-02", license_code="C40", license_number="SPP") == "undetermined authority-doubtful"


def test_what_became_of_syria_after_the_last_text_is_not_known() -> None:
    assert answer("SY", "2026-09-24", eccn="3A992") == "flag all-items"
    assert answer("SY", "2026-09-25", eccn="3A992") == "undetermined syria-doubt"
    assert answer("SY", "2026-09-25", **claimed("SPP")) == "clear exception-open"
    assert answer("KP", "2026-09-25", eccn="3A992") == "flag all-items"


@pytest.mark.parametrize(
    ("symbol", "paragraph", "expected"),
    [
        ("GFT", None, "undetermined exception-terms"),
        ("TMP", "740.9(a)(9)", "clear exception-open"),
        ("TMP", "740.9(a)", "undetermined exception-paragraph"),
        ("GOV", "740.11(b)(1)", "flag exception-closed"),
        ("TSU", "740.13(c)", "flag exception-closed"),
        ("BAG", "740.14(d)", "clear exception-open"),
        ("AVS", "740.15(a)(4)", "clear exception-open"),
        ("RPL", None, "flag exception-closed"),
    ],
)
def test_north_korea_has_its_exceptions_by_paragraph(symbol: str, paragraph: str | None, expected: str) -> None:
    assert answer("KP", "2024-01-02", **claimed(symbol, paragraph)) == expected


def test_740_2_may_shut_what_the_section_leaves_open() -> None:
    news = claimed("TMP", "740.9(a)(9)")
    for eccn in ("9A610.x", "9A515.x", "7A103", "5A980", "2A983"):
        assert answer("KP", "2024-01-02", eccn=eccn, **news) == "undetermined exception-restricted", eccn
    assert answer("KP", "2024-01-02", eccn="9A610.x", **claimed("GOV", "740.11(b)(2)")) == "clear exception-open"


@pytest.mark.parametrize(
    ("region", "before", "since"),
    [
        ("Crimea", "flag all-items", "flag all-items"),
        ("UA-43", "flag all-items", "flag all-items"),
        ("Sevastopol", "flag all-items", "flag all-items"),
        ("DNR", "clear before-wave", "flag all-items"),
        ("Luhansk People's Republic", "clear before-wave", "flag all-items"),
        ("Donetsk", "clear before-wave", "undetermined place-doubtful"),
        ("UA-09", "clear before-wave", "undetermined place-doubtful"),
        ("Kherson", "clear place-other", "clear place-other"),
        ("Kyiv", "clear place-other", "clear place-other"),
        (None, "clear place-unknown", "clear place-unknown"),
        ("-", "clear place-unknown", "clear place-unknown"),
    ],
)
def test_occupied_ukraine_is_known_by_its_places(region: str | None, before: str, since: str) -> None:
    assert answer("UA", "2022-02-23", destination_region=region) == before
    assert answer("UA", "2022-02-25", destination_region=region) == since


def test_occupied_ukraine_has_its_own_carve_outs() -> None:
    there = {"destination_region": "Crimea"}
    assert answer("UA", "2023-01-01", activity="in_country_transfer", **there) == "flag all-items"
    assert answer("UA", "2023-01-01", item_facts="food", **there) == "clear food-medicine"
    assert answer("UA", "2023-01-01", eccn="5D992.c", **there) == "undetermined internet-software-possible"
    assert answer("UA", "2024-04-28", **there, **claimed("MED")) == "flag exception-closed"
    assert answer("UA", "2024-04-29", **there, **claimed("MED")) == "undetermined exception-terms"


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        ("C33", "", "flag all-items"), ("", "NLR", "flag all-items"), ("", "", "flag all-items"),
        (None, None, "undetermined authority-unknown"), ("", "D123456", "clear license"),
        ("C30", "G123456", "undetermined license-form"), ("C30", "", "undetermined license-form"),
        ("C33", "D123456", "undetermined authority-doubtful"), ("C99", "X", "undetermined authority-doubtful"),
        ("T10", "IA-1", "undetermined other-agency"),
    ],
)  # fmt: skip
def test_what_a_line_claims_is_read_from_code_and_number(code: str | None, number: str | None, expected: str) -> None:
    assert answer("KP", "2024-01-02", license_code=code, license_number=number) == expected


def test_a_rule_is_silent_beyond_its_destinations() -> None:
    there = [rule for rule, one in judge(line_of("RU", "2025-03-03")).items() if one]
    assert there == ["russia-belarus", "occupied-ukraine"]
    assert not any(judge(line_of("PK", "2025-03-03")).values())

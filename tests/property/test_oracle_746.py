"""The second reading of part 746 says what the facts' own examples say."""

from __future__ import annotations

import random

import pytest

from tests.support.draw_746 import WAVES, draw_746_lines
from tests.support.lines_746 import answer, claimed
from tests.support.oracle_746 import RULES, judge

MED_DAY = "2024-04-29"


# ---------------------------------------------------------------------------------------------------- Russia, Belarus


@pytest.mark.parametrize(
    ("place", "eccn", "before", "on", "after"),
    [
        ("RU", "3A992", "2022-02-23", "2022-02-24", "2022-02-25"),
        ("BY", "3A992", "2022-03-01", "2022-03-02", "2022-03-03"),
        ("RU", "9A991", "2022-02-23", "2022-02-24", "2022-02-25"),
        ("RU", "2B999", "2022-04-07", "2022-04-08", "2022-05-10"),
        ("BY", "1C350.b", "2022-04-07", "2022-04-08", "2022-05-10"),
        ("RU", "0A998", "", "2022-04-08", "2022-05-10"),
    ],
)
def test_each_wave_of_eccns_begins_on_its_day(place: str, eccn: str, before: str, on: str, after: str) -> None:
    assert not before or answer(place, before, eccn=eccn) == "clear before-wave"
    assert answer(place, on, eccn=eccn) == "undetermined savings-clause"
    assert answer(place, after, eccn=eccn) == "flag eccn-wave"


def test_goods_that_were_on_their_way_may_be_saved_and_those_without_a_date_for_a_month() -> None:
    assert answer("RU", "2022-06-01", eccn="3A992", tendered_on="2022-02-24") == "undetermined savings-clause"
    assert answer("RU", "2022-06-01", eccn="2B999", tendered_on="2022-05-09") == "undetermined savings-clause"
    assert answer("RU", "2022-06-01", eccn="2B999", tendered_on="2022-05-10") == "flag eccn-wave"
    assert answer("RU", "2022-03-26", eccn="3A992", tendered_on=None) == "undetermined savings-clause"
    assert answer("RU", "2022-03-27", eccn="3A992", tendered_on=None) == "flag eccn-wave"


@pytest.mark.parametrize(
    ("place", "code", "band", "sure"),
    [
        ("RU", "901890", "2022-03-03", "2023-05-20"),
        ("BY", "901890", "2022-09-15", "2023-05-20"),
        ("RU", "854129", "2022-03-03", "2023-02-25"),
        ("RU", "8512.20", "2022-03-03", "2023-05-20"),
        ("RU", "880730", "2022-03-03", "2024-01-24"),
        ("RU", "881120", "2022-03-03", "2024-01-24"),
        ("BY", "720110", "2022-09-15", "2024-06-13"),
        ("RU", "851712", "2022-03-03", "2023-05-20"),
        ("RU", "330300", "2022-03-11", "2023-05-20"),
        ("BY", "330300", "2022-03-11", "2023-05-20"),
    ],
)
@pytest.mark.parametrize("digits", ["", "00", "0050"])
def test_a_listed_code_is_in_a_band_and_then_sure_at_six_eight_and_ten_digits(
    place: str, code: str, band: str, sure: str, digits: str
) -> None:
    number = code + digits
    day_before = band[:-2] + f"{int(band[-2:]) - 1:02}"
    assert answer(place, day_before, schedule_b=number) == "clear not-listed"
    assert answer(place, band, schedule_b=number) == "undetermined hts-band"
    assert answer(place, sure, schedule_b=number) == "flag hts-listed"
    assert answer(place, sure, schedule_b=number, eccn=None) == "flag hts-listed"
    assert answer(place, sure, schedule_b=number, license_code="C30", license_number="D123456") == "clear license"


def test_the_clause_of_may_2023_has_a_last_day() -> None:
    saved = {"schedule_b": "901890", "tendered_on": "2023-05-19"}
    assert answer("RU", "2023-06-19", **saved) == "undetermined hts-band"  # it may have been listed before
    assert answer("RU", "2023-06-20", **saved) == "undetermined savings-clause"
    assert answer("RU", "2023-06-21", **saved) == "flag hts-listed"


@pytest.mark.parametrize("number", [None, "", "84", "12345", "847130010", "UNKNOWN", "77000000"])
def test_a_number_that_cannot_be_read_is_undetermined_while_a_table_is_in_force(number: str | None) -> None:
    assert answer("RU", "2020-01-01", schedule_b=number) == "undetermined hts-unreadable"
    assert answer("BY", "2022-03-10", schedule_b=number) == "clear not-listed"
    assert answer("BY", "2022-03-11", schedule_b=number) == "undetermined hts-unreadable"
    assert answer("RU", "2025-03-03", schedule_b=number, eccn="3A992") == "flag eccn-wave"
    sent = "undetermined hts-unreadable" if number else "clear not-listed"
    assert answer("RU", "2024-01-03", schedule_b=number, form="intangible") == sent


def test_repaired_goods_and_numbers_of_no_edition_are_undetermined() -> None:
    assert answer("RU", "2025-03-03", schedule_b="9801100000") == "undetermined hts-special"
    assert answer("RU", "2025-03-03", schedule_b="720199") == "undetermined hts-edition"
    assert answer("RU", "2025-03-03", schedule_b="271600") == "clear not-listed"


@pytest.mark.parametrize(
    ("price", "expected"),
    [("149.99", "clear price-below"), ("150", "undetermined price-band"), ("600", "undetermined price-band"),
     ("600.01", "flag hts-listed"), ("0", "undetermined price-unknown"), (None, "undetermined price-unknown")],
)  # fmt: skip
def test_a_watch_is_a_luxury_by_its_unit_price(price: str | None, expected: str) -> None:
    watch = {"schedule_b": "910111", "value_usd": price}
    assert answer("RU", "2025-03-03", **watch) == expected
    assert answer("RU", "2023-05-18", **watch) == "undetermined hts-band"


def test_oil_descriptions_and_software_are_never_flagged() -> None:
    assert answer("RU", "2020-01-01", schedule_b="730411") == "undetermined supplement-2-possible"
    assert answer("BY", "2022-09-14", schedule_b="730411") == "clear not-listed"
    assert answer("BY", "2022-09-15", schedule_b="730519") == "undetermined supplement-2-possible"
    assert answer("BY", "2025-03-03", schedule_b="730411") == "undetermined supplement-2-possible"
    assert answer("RU", "2025-03-03", schedule_b="841350") == "flag hts-listed"
    assert answer("RU", "2022-02-23", eccn="3A231") == "undetermined supplement-2-possible"
    assert answer("RU", "2022-09-14", schedule_b="382219") == "clear not-listed"
    assert answer("BY", "2022-09-15", schedule_b="382219") == "undetermined supplement-6-possible"
    assert answer("RU", "2022-09-15", description="Gas chromatograph") == "undetermined supplement-6-possible"
    assert answer("RU", "2022-09-15", schedule_b="300490", item_facts="medicine") == "clear not-listed"
    assert answer("RU", "2024-09-15", description="CAD software") == "clear not-listed"
    assert answer("RU", "2024-09-16", description="CAD software") == "undetermined software-possible"
    assert answer("RU", "2025-03-03", schedule_b="", form="intangible") == "undetermined software-possible"
    assert answer("RU", "2025-03-03", item_facts="listed in Supp. 6 to part 746") == "flag not-listed"


def test_what_owned_civil_end_users_may_receive_is_undetermined_unless_the_paragraph_is_another() -> None:
    assert answer("RU", "2025-03-03", eccn="5A992") == "undetermined owned-end-user"
    assert answer("RU", "2025-03-03", eccn="5A991.b") == "undetermined owned-end-user"
    assert answer("RU", "2025-03-03", eccn="5A992.a") == "flag eccn-wave"


def test_neither_eccn_nor_schedule_b_is_undetermined() -> None:
    assert answer("RU", "2025-03-03", eccn="", schedule_b="") == "undetermined eccn-unreadable"
    assert answer("RU", "2025-03-03", eccn="3A", schedule_b="610910") == "undetermined eccn-unreadable"


@pytest.mark.parametrize(
    ("symbol", "paragraph", "since", "before"),
    [
        ("TMP", "740.9(a)(9)", "clear exception-open", "undetermined exception-terms"),
        ("TMP", None, "undetermined exception-paragraph", "undetermined exception-terms"),
        ("TMP", "740.9(a)(1)", "flag exception-closed", "flag exception-closed"),
        ("GOV", "740.11(b)(1)", "clear exception-open", "flag exception-closed"),
        ("GOV", "740.11(e)", "flag exception-closed", "flag exception-closed"),
        ("BAG", "740.14(e)", "flag exception-closed", "flag exception-closed"),
        ("BAG", None, "undetermined exception-terms", "undetermined exception-terms"),
        ("ENC", None, "flag exception-closed", "flag exception-closed"),
        ("CCD", None, "undetermined exception-terms", "undetermined exception-terms"),
        ("RPL", None, "flag exception-closed", "flag exception-closed"),
        ("STA", None, "flag exception-closed", "flag exception-closed"),
    ],
)
def test_an_exception_serves_a_listed_item_as_746_8_leaves_it(
    symbol: str, paragraph: str | None, since: str, before: str
) -> None:
    item = {"eccn": "3A992", **claimed(symbol, paragraph)}
    assert answer("RU", "2024-06-12", **item) == since
    assert answer("BY", "2024-06-11", **item) == before


def test_exceptions_of_the_sections_before_june_2024_are_their_own() -> None:
    for number, symbol, expected in [
        ("901890", "BAG", "flag exception-closed"),
        ("901890", "GOV", "undetermined exception-terms"),
        ("330300", "BAG", "undetermined exception-terms"),
        ("330300", "TSU", "flag exception-closed"),
        ("847130", "BAG", "undetermined exception-terms"),  # Supplement 4 and 5, tendered in time
    ]:
        tendered = "2023-05-19" if number == "847130" else "2023-06-10"
        assert answer("RU", "2023-06-10", schedule_b=number, tendered_on=tendered, **claimed(symbol)).startswith(
            expected.split()[0]
        ), (number, symbol)
    assert answer("RU", "2024-04-28", schedule_b="901890", **claimed("MED")) == "flag exception-closed"
    assert answer("RU", MED_DAY, schedule_b="901890", **claimed("MED")) == "undetermined exception-terms"


def test_the_draw_reaches_every_outcome_of_every_rule_and_every_wave() -> None:
    lines = draw_746_lines(random.Random(1), 8000)
    seen = {(rule, one.outcome) for line in lines for rule, one in judge(line).items() if one}
    assert seen == {(rule, outcome) for rule in RULES for outcome in ("clear", "flag", "undetermined")}
    assert {*WAVES} <= {str(line["export_on"]) for line in lines}
    assert lines == draw_746_lines(random.Random(1), 8000)

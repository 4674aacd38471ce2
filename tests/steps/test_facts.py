"""What the law sees of a line: dates of ITNs, forms of numbers and legends, and which lines are in one situation."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import md5
from typing import Any

import pytest

from tests.support.facts_of_lines import LINE, TERMS
from tests.support.steps import told
from transforms.derived import naming_values
from transforms.facts import facts_by
from transforms.situations.situations import SITUATIONS


def facts(memory, fact: str, column: str, recorded: Iterable[str | None]) -> dict[str | None, str | None]:
    """A fact of lines that differ in one column, by what is recorded there."""
    lines = [LINE | {column: one} for one in recorded]
    return dict(told(memory, SITUATIONS, "facts", f"{column} situation.{fact}", {"fact_lines": lines}, **TERMS))


DATED = {
    "X20250302123456": "by export",
    "X20250303123456": "by export",  # the day of export
    "X20250304123456": "within 5 days",
    "X20250308123456": "within 5 days",  # the fifth day after it
    "X20250309123456": "within 10 days",
    "X20250313123456": "within 10 days",  # the tenth
    "X20250314123456": "over 10 days",
    "X20250701123456": "over 10 days",  # the 120th
    "X20250702123456": "long after",
    "X20260303123456": "long after",  # the 365th
    "X20260304123456": "far after",
    "X20241103123456": "by export",  # 120 days before it
    "X20241102123456": "long before",
    "X20240303123456": "long before",  # 365 days before it
    "X20240302123456": "far before",
    "X19941231123456": "before AES",
    "X00010101123456": "before AES",
}


def test_an_itn_is_dated_by_its_first_eight_digits(memory) -> None:
    assert facts(memory, "itn_timing", "itn", DATED) == DATED


def test_the_days_after_the_export_are_counted_across_the_end_of_a_month(memory) -> None:
    line = LINE | {"export_on": "2024-02-27", "itn": "X20240303123456"}
    rows = told(memory, SITUATIONS, "facts", "situation.itn_timing", {"fact_lines": [line]}, **TERMS)
    assert rows == [("within 5 days",)]


def test_an_itn_whose_digits_are_no_day_of_the_calendar_bears_no_date(memory) -> None:
    no_days = ["X20251301123456", "X20250001123456", "X20250300123456", "X20250332123456", "X20250431123456"]
    assert set(facts(memory, "itn_timing", "itn", no_days).values()) == {"no date"}


def test_an_itn_whose_digits_are_no_day_bears_no_date_on_whichever_side_of_the_export_it_would_lie(memory) -> None:
    assert facts(memory, "itn_timing", "itn", ["X20250230123456"]) == {"X20250230123456": "no date"}


def test_what_is_no_itn_bears_no_date(memory) -> None:
    none = [None, "", "X2025030312345", "X202503031234567", "AESDOWN 123456789 03/04/2025"]
    assert set(facts(memory, "itn_timing", "itn", none).values()) == {""}


FILED = {
    None: None, "": "",
    "X20250303123456": "well formed", "X2025030312345": "malformed", "20250303123456": "malformed",
    "AESPOST 12345678912 01/01/2017": "AESPOST",  # filed by the USPPI
    "AESPOST 12345678912-987654321 01/01/2017": "AESPOST",  # filed by its agent
    "AESDOWN 123456789 01/01/2017": "AESDOWN",
    "AESPOST 01/01/2017": "malformed", "AESDOWN 123456789 2017-01-01": "malformed",
}  # fmt: skip


def test_a_filing_is_cited_by_its_itn_or_as_appendix_b_has_it(memory) -> None:
    assert facts(memory, "itn_form", "itn", FILED) == FILED


NUMBERS = {
    None: None, "": "",
    "NLR": "NLR", "DY6": "DY6", "GBS": "GBS", "SS-SAMPLE": "SS-SAMPLE",  # symbols
    "D123456": "well formed",  # a letter and six digits
    "D12345": "malformed", "D1234567": "malformed", "DD12345": "malformed", "1234567": "malformed", "DY7": "malformed",
    "050123456": "05 and seven digits", "05012345": "malformed", "060123456": "malformed",  # DSP-5
    "UK123456789": "UK and nine digits", "UK12345678": "malformed",
    "NOREQUIRED": "malformed",  # longer than any symbol
}  # fmt: skip


def test_a_license_number_is_told_by_its_form_and_a_symbol_stands_for_itself(memory) -> None:
    assert facts(memory, "license_number_form", "license_number", NUMBERS) == NUMBERS


EXEMPTIONS = {
    None: None, "": "",
    "30.37(a)": "30.37(a)", "30.36": "30.36",
    "X20250301987654": "ITN", "AES X20250301987654": "ITN",
    "AES X20250301987654 SS": "ITN",  # a split shipment
    "AES X2017010198765": "unreadable",
    "AESPOST 12345678912 01/01/2017": "AESPOST", "AESDOWN 123456789 01/01/2017": "AESDOWN",
    "AESPOST 01/01/2017": "unreadable", "37(a)": "unreadable", "SEE FILE": "unreadable",
}  # fmt: skip


def test_an_exemption_is_a_legend_or_a_citation_of_a_filing(memory) -> None:
    assert facts(memory, "exemption", "eei_exemption", EXEMPTIONS) == EXEMPTIONS


CITED = "AESPOST 12345678912 01/01/2017"
ROUTED = {None: "not recorded", "": "not recorded", "Y": "routed", "YES": "routed", "N": "", "NO": "", "X": "unread"}


def test_of_an_export_filed_after_departure_it_is_told_whether_it_is_routed(memory) -> None:
    for late in ({"filing_option": "4"}, {"itn": CITED}, {"eei_exemption": CITED}):
        lines = [LINE | late | {"routed": one} for one in ROUTED]
        told_of = told(memory, SITUATIONS, "facts", "routed situation.routing", {"fact_lines": lines}, **TERMS)
        assert dict(told_of) == ROUTED
    assert set(facts(memory, "routing", "routed", ROUTED).values()) == {""}


HEADINGS = {
    None: None, "": "", "7102310000": "710231", "9027509000": "902750", "902750": "902750", "7103990000": "other",
    "8413600000": "other", "841360": "malformed", "84136000000": "malformed",
    # cut short or rounded, under a heading or not
    "7102": "7102", "71023": "71023", "710": "710", "710E+09": "710", "902E+09": "902", "71": "malformed",
    "7103": "malformed", "841": "malformed", "710X": "710",
}  # fmt: skip


def test_a_heading_may_have_six_digits(memory) -> None:
    lines = [LINE | {"schedule_b": one} for one in ("8471301234", "8471491234")]
    terms = TERMS | {"filing_headings": ["847130"]}
    rows = told(memory, SITUATIONS, "facts", "schedule_b situation.hs6", {"fact_lines": lines}, **terms)
    assert dict(rows) == {"8471301234": "847130", "8471491234": "other"}


def test_of_a_schedule_b_number_six_digits_count_in_two_headings(memory) -> None:
    assert facts(memory, "hs6", "schedule_b", HEADINGS) == HEADINGS


def test_a_region_is_read_where_it_decides_whether_goods_leave_the_united_states(memory) -> None:
    regions = {None: True, "": True, "CA": True, "NEW YORK": True, "DC": True, "PR": True, "AE": True,
               "PORTO RICO": False, "XX": False, "BY": False, "C A": False}  # fmt: skip
    for column in ("destination_region", "shipped_from_region"):
        of_us = LINE | {"destination": "US", "shipped_from": "US"}
        lines = [of_us | {column: one} for one in regions]
        asked = f"{column} situation.region_unread"
        rows = told(memory, SITUATIONS, "facts", asked, {"fact_lines": lines}, **TERMS)
        assert dict(rows) == {one: "" if is_read else column for one, is_read in regions.items()}
        other = {"destination": "DE"} if column == "destination_region" else {"shipped_from": "DE"}
        rows = told(memory, SITUATIONS, "facts", asked, {"fact_lines": [one | other for one in lines]}, **TERMS)
        assert set(dict(rows).values()) == {""}


def test_goods_go_by_way_of_australia_canada_or_britain_only_where_they_go_on(memory) -> None:
    ways = {("CA", "MX"): "CA", ("AU", "NZ"): "AU", ("GB", "IE"): "GB", ("CA", "CA"): "", ("MX", "CA"): "",
            ("DE", "AT"): "", (None, "MX"): "", ("", "MX"): ""}  # fmt: skip
    lines = [LINE | {"intermediate_country": via, "destination": to} for via, to in ways]
    columns = "intermediate_country destination situation.via_country"
    rows = told(memory, SITUATIONS, "facts", columns, {"fact_lines": lines}, **TERMS)
    assert {(via, to): said for via, to, said in rows} == ways


@pytest.mark.parametrize("party", ["consignee", "end_user"])
def test_a_party_is_elsewhere_only_where_both_countries_are_recorded_and_differ(memory, party: str) -> None:
    places = {("FR", "DE"): "FR", ("DE", "DE"): "", ("", "DE"): "", (None, "DE"): "", ("FR", ""): "", ("FR", None): ""}
    lines = [LINE | {f"{party}_country": country, "destination": to} for country, to in places]
    columns = f"{party}_country destination situation.{party}_elsewhere"
    rows = told(memory, SITUATIONS, "facts", columns, {"fact_lines": lines}, **TERMS)
    assert {(country, to): said for country, to, said in rows} == places


def count_situations(memory, *lines: dict[str, Any]) -> int:
    rows = told(memory, SITUATIONS, "facts", "situation_key", {"fact_lines": [LINE | line for line in lines]}, **TERMS)
    return len(set(rows))


def test_lines_that_differ_in_no_fact_are_in_one_situation(memory) -> None:
    one, other = ({"value_usd": usd, "itn": itn} for usd, itn in (("1", "X20250303123456"), ("9", "X20250101000001")))
    assert count_situations(memory, one, other) == 1


def test_what_a_source_leaves_empty_and_what_it_has_no_column_for_are_two_situations(memory) -> None:
    assert count_situations(memory, {"license_code": ""}, {"license_code": None}) == 2


def test_two_facts_that_change_places_are_another_situation(memory) -> None:
    assert count_situations(memory, {"consignee_country": "FR"}, {"end_user_country": "FR"}) == 2


TEXT = (
    '{{"eccn":"EAR99","destination":"DE","activity":null,"form":null,"license_code":null,"license_number_form":null,'
    '"exception_paragraph":null,"itn_form":{itn_form},"itn_timing":null,"exemption":null,"filing_option":null,'
    '"hs6":null,"via_country":null,"consignee_elsewhere":null,"end_user_elsewhere":null}}'
)
"""The canonical text that the name of a situation is made of."""


@pytest.mark.parametrize(("itn_form", "written"), [("", '""'), (None, "null")])
def test_a_situation_goes_by_a_name_made_of_its_facts_in_which_nothing_and_not_known_differ(
    memory, itn_form: str | None, written: str
) -> None:
    facts = {name: "" if fact.quiet else None for name, fact in facts_by("line").items()}
    facts |= {"eccn": "EAR99", "destination": "DE", "itn_form": itn_form}
    given = [{"situation_key": 1, "situation": facts}]
    ((name,),) = told(memory, SITUATIONS, "identified", "situation_id", {"facts": given}, **naming_values())
    assert name == md5(TEXT.format(itn_form=written).encode()).hexdigest()


def test_a_quiet_fact_stands_in_the_name_of_a_situation_only_where_it_adds_something(memory) -> None:
    facts = dict.fromkeys(facts_by("line")) | {"eccn": "EAR99"}
    given = [
        {"situation_key": at, "situation": facts | {"via_country": via}} for at, via in enumerate(("", "CA", None))
    ]
    named = told(memory, SITUATIONS, "identified", "situation_key situation_id", {"facts": given}, quiet_facts=["hs6"])
    quiet = told(
        memory, SITUATIONS, "identified", "situation_key situation_id", {"facts": given}, quiet_facts=["via_country"]
    )
    assert [one == other for one, other in zip(named, quiet, strict=True)] == [False, True, True]
    assert len({name for _, name in quiet}) == 3


def test_what_a_fact_says_is_never_taken_for_a_quiet_fact_that_is_blank(memory) -> None:
    facts = {name: "" if fact.quiet else None for name, fact in facts_by("line").items()}
    told_in_two_ways = ('3A001","routing":""', "3A001")
    given = [{"situation_key": at, "situation": facts | {"eccn": one}} for at, one in enumerate(told_in_two_ways)]
    names = told(memory, SITUATIONS, "identified", "situation_id", {"facts": given}, **naming_values())
    assert len(set(names)) == 2
    given = [{"situation_key": 1, "situation": facts | {"eccn": "", "destination": "DE"}}]
    quiet = ["eccn", *naming_values()["quiet_facts"]]
    ((name,),) = told(memory, SITUATIONS, "identified", "situation_id", {"facts": given}, quiet_facts=quiet)
    text = TEXT.format(itn_form="null").replace('"eccn":"EAR99",', "")
    assert name == md5(text.encode()).hexdigest()

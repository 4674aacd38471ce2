"""The summary page says what was found, what was not judged, and trusts no text that it shows."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from tests.support.outline import Outline
from tests.support.summary_sample import HOSTILE, nothing_found, sample
from transforms.reports.amounts import money, rough_money
from transforms.reports.summary.charts import figures
from transforms.reports.summary.model import Conservation, Coverage, News
from transforms.reports.summary.page import headline, render_summary, total


@pytest.fixture(scope="module")
def page():
    return render_summary(sample())


@pytest.fixture(scope="module")
def outline(page):
    return Outline(page)


def empty():
    return replace(
        nothing_found(sample()), lines=0, value_usd=Decimal(0), situations=0, lines_clear=0,
        lines_before_any_rule=0, sources=[], quarantine=[], rules=[], door=[], files=[], known_at=None,
        conservation=Conservation(0, 0, 0, 0, 0), coverage=Coverage([], [], [], []), synthetic=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("news", "words"),
    [
        (News(date(2026, 1, 30), new=12, new_lines=9, urgent=1),
         "12 new findings on 9 lines since the screening as of 2026-01-30; 1 urgent."),
        (News(date(2026, 1, 30), new=1, new_filings=1, reopened=2),
         "1 new finding on 1 AES filing line since the screening as of 2026-01-30, and 2 reopened."),
        (News(date(2026, 1, 30), reopened=1), "No new finding since the screening as of 2026-01-30; 1 reopened."),
        (News(date(2026, 1, 30), still_open=7), "No new finding since the screening as of 2026-01-30."),
        (News(None, new=1, new_lines=1), "First screening: 1 finding on 1 line needs review."),
        (News(None, new=498, new_lines=302, urgent=11),
         "First screening: 498 findings on 302 lines need review; 11 urgent."),
        (News(None), "First screening: no line needs review under the rules in this rulebook."),
    ],
)  # fmt: skip
def test_the_first_sentence_is_what_is_new(news, words):
    assert headline(replace(sample(), news=news)) == words


def test_the_second_sentence_is_of_all_lines():
    start = "Of all 5,180 lines screened, worth $42.1 million, 96 need review (1.9 % of lines):"
    assert total(sample()) == f"{start} 61 flagged, 35 undetermined."
    one = replace(sample(), lines=1, value_usd=Decimal("12.4"), lines_flagged=1, lines_undetermined=0)
    assert total(one).startswith("Of all 1 line screened, worth $12, 1 needs review (100.0 % of lines)")


def test_what_comes_first_stands_before_the_totals(outline):
    text = " ".join(outline.text.split()).partition("Skip to the result")[2]
    first = [
        "12 new findings (8 flagged, 4 undetermined) on 9 lines and 2 AES filing lines without a shipment line",
        "70 lines and 2 AES filing lines without a shipment line, with 94 open findings.", "Most serious",
        "Parties", "Do first", "Urgent. Embargoed destination: 1 finding. Hold it.",
        "2 more rules with new findings", "Restricted parties; embargoes. 5 quarantined rows",
        "Lines to review first", "Totals", "All findings, open and closed",
    ]  # fmt: skip
    places = [text.index(words) for words in first]
    assert places == sorted(places)
    assert "Iran (IR)" in text and "1.5 NO" in text and "end user Kestrane" in text


def test_the_findings_of_a_line_stand_together_in_one_group_of_rows(page):
    (group,) = [one for one in re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL) if ">SC-1<" in one]
    assert group.count("<tr>") == 3 and group.count(">SC-1<") == 1 and group.count('rowspan="3"') == 5
    assert re.findall(r"<code>([a-z-]+)</code><br>", group) == ["embargoed-destination", "pakistan-rs", "eei-filing"]
    assert "<small>3 findings</small>" in group
    assert re.findall(r"<small>([A-Z].*?)</small></td>", group)[-2:] == [
        "Hold it.", "Complete the record and load it again."
    ]  # fmt: skip


def test_without_news_the_open_findings_come_first():
    quiet = replace(sample(), news=News(date(2026, 1, 30), still_open=80))
    assert "Work on the 80 findings still open." in " ".join(Outline(render_summary(quiet)).text.split())


def test_findings_stand_under_the_heading_of_their_kind(outline):
    text = " ".join(outline.text.split())
    places = [text.index(word) for word in ("License requirements", "EEI filing in AES", "Shipment record checks")]
    assert places == sorted(places)
    assert "Rules without a finding: 1 check (itn-after-departure)." in text


def test_a_kind_that_the_page_does_not_know_is_shown_last():
    odd = sample().rules[0]._replace(rule_id="value-odd", kind="oddity")
    text = " ".join(Outline(render_summary(replace(sample(), rules=[odd, *sample().rules]))).text.split())
    assert text.index("Shipment record checks") < text.index(" oddity ") < text.index("value-odd")


def test_of_many_rules_that_wait_for_a_field_the_first_stand_there():
    waiting = [("eccn", [f"rule-{at}" for at in range(9)], 3, None, "The ECCN")]
    text = " ".join(Outline(render_summary(replace(sample(), undetermined=waiting))).text.split())
    assert "rule-5 and 3 more" in text


@pytest.mark.parametrize(
    ("value", "words"),
    [("12345.5", "$12,346"), ("-5", "-$5"), ("999999.4", "$999,999"), ("1000000", "$1.0 million"),
     ("999960000", "$1.0 billion"), ("42149999", "$42.1 million"), ("2500000000000", "$2.5 trillion")],
)  # fmt: skip
def test_money_is_short_in_the_headline(value, words):
    assert rough_money(Decimal(value)) == words


def test_an_unknown_value_is_not_zero():
    assert money(None) == "not known"
    assert money(Decimal(0)) == "$0"


@pytest.mark.parametrize(
    "words",
    ["Synthetic sample.", "41 flagged, 12 undetermined", "89 FR 93164 (2024-27648)", "Confirm the ECCN paragraph",
     "184 lines dated before the first dated license requirement of this rulebook", "5 rows in quarantine",
     "the oldest for 34 days",
     "The ECCN, to the paragraph", "3A992 to PK on 2025-02-03 needs a license", "Part 746, embargoes.",
     "A validated end user", "current", "passed with warnings", "failed", "This is not legal advice.",
     "clear of the rules in this rulebook", "2026-01-31-7f3a90c1", "9c1d5e7a40b2", "findings.parquet",
     "5,200 rows in = 5,180 lines loaded + 12 exact duplicates + 3 restatements + 5 quarantined",
     "5,180 lines = 61 flagged + 35 undetermined + 4,900 clear"],
)  # fmt: skip
def test_the_page_says(outline, words):
    assert words in re.sub(r"\s+", " ", outline.text)


def test_the_page_never_says_violation(page):
    assert not re.search(r"violat", page, re.IGNORECASE)


def test_the_largest_lines_are_at_most_25(outline):
    assert len(re.findall(r"SO-\d+", outline.text)) == 25


def test_hostile_text_stays_text(page, outline):
    assert HOSTILE in outline.text
    assert "script" not in {tag for tag, _ in outline.tags}
    assert not [name for _, attrs in outline.tags for name in attrs if name.startswith("on")]
    assert "<script" not in page


def test_hostile_text_in_a_chart_stays_text():
    rows = [(HOSTILE, HOSTILE, HOSTILE, "flagged", 3, Decimal(1))]
    rules = [sample().rules[0]._replace(rule_id=HOSTILE)]
    assert "<script" not in render_summary(replace(sample(), by_destination=rows, rules=rules)).lower()


def test_nothing_is_fetched_from_elsewhere(page, outline):
    addresses = [attrs[name] for _, attrs in outline.tags for name in ("src", "href", "xlink:href") if name in attrs]
    assert [address for address in addresses if not address.startswith(("#", "./"))] == []
    assert not {"link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _ in outline.tags}
    assert re.findall(r"url\((?!#)|@import", page.replace("&#34;", "")) == []
    assert "http://" not in page.replace("http://evil.example", "")


def test_a_file_name_cannot_become_another_address():
    text = render_summary(replace(sample(), files=[("javascript:alert(1)", "odd")]))
    assert 'href="./javascript%3Aalert%281%29"' in text


def test_the_same_summary_gives_the_same_bytes(page):
    assert render_summary(sample()) == page


def test_the_order_of_rows_changes_nothing(page):
    once = sample()
    names = ("rules", "by_destination", "by_month", "undetermined", "top")
    turned = {name: getattr(once, name)[::-1] for name in names}
    assert render_summary(replace(once, **turned)) == page


def test_headings_descend_one_level_at_a_time(outline):
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_every_header_a_scope(outline):
    tags = [tag for tag, _ in outline.tags]
    assert tags.count("table") == tags.count("caption")
    assert all("scope" in attrs for tag, attrs in outline.tags if tag == "th")


def test_ids_are_unique_and_links_inside_the_page_lead_somewhere(outline):
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"][1:] for _, attrs in outline.tags if attrs.get("href", "").startswith("#")} <= set(ids)
    assert {name for _, attrs in outline.tags for name in attrs.get("aria-labelledby", "").split()} <= set(ids)


def test_nothing_found_still_says_what_was_not_judged():
    text = Outline(render_summary(nothing_found(sample()))).text
    assert "none needs review under the rules in this rulebook" in text
    assert "No findings." in text and "184 lines dated before the first dated license" in text and "Part 746" in text
    assert text.count("No findings to draw") == 3


def test_a_home_without_lines_has_a_page():
    text = Outline(render_summary(empty())).text
    assert "No shipment lines are loaded, so nothing was screened." in text
    assert "Synthetic" not in text and "does not add up" not in text


def test_parts_that_do_not_add_up_are_said_aloud():
    wrong = replace(sample(), conservation=Conservation(5201, 5180, 12, 3, 5))
    assert "This does not add up: the parts make 5,200." in Outline(render_summary(wrong)).text


def test_one_month_is_one_column():
    drawn = figures(replace(sample(), by_month=[("2025-02", "flagged", 4, Decimal(9))]))[2]
    assert [(bar.label, bar.solid) for bar in drawn.bars] == [("2025-02", 4)]
    assert ">2025-02</text>" in drawn.svg


def test_a_hundred_destinations_show_twelve_and_keep_all_in_the_table():
    rows = [(f"D{at}", None, "eei-filing", "flagged", at + 1, Decimal(at)) for at in range(100)]
    place = figures(replace(sample(), by_destination=rows))[1]
    assert len(place.bars) == 100 and len(re.findall(r">D\d+</text>", place.svg)) == 2 * 12
    assert "88 more, not drawn, hold 3,916." in place.note


def test_a_month_without_findings_keeps_its_place():
    drawn = figures(replace(sample(), by_month=[("2024-12", "flagged", 1, None), ("2025-02", "flagged", 1, None)]))[2]
    assert ">2025-01</text>" in drawn.svg


def test_a_date_far_away_turns_the_columns_into_years():
    months = [("1925-02", "flagged", 1, None), ("2025-02", "undetermined", 1, None)]
    drawn = figures(replace(sample(), by_month=months))[2]
    assert "by year" in drawn.note and ">1925</text>" in drawn.svg


def test_a_sum_with_an_unknown_value_is_unknown():
    values = {"a": Decimal(5), "b": None, "c": Decimal(5)}
    rows = [("PK", None, rule, "undetermined", 1, value) for rule, value in values.items()]
    assert figures(replace(sample(), by_destination=rows))[1].bars[0].hatched_usd is None

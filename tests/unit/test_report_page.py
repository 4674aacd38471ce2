"""The report page as text: recorded text stays text, it can be read without scripts, and it stays small."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from flows.settings import Home
from tests.support.outline import Outline
from tests.support.report_sample import Told, many, told
from tests.support.summary_sample import HOSTILE
from transforms.reports.leadership.page import read_library, render_executive, render_report

RUN = re.compile(r"<script( type=\"module\")?>(.*?)</script>", re.S)
"""The scripts of the page that run; the others are data."""


@pytest.fixture(scope="module")
def made(lived_home: Home) -> Told:
    return told(lived_home)


@pytest.fixture(scope="module")
def outline(made: Told) -> Any:
    return Outline(RUN.sub("", made.page))


def unpacked(page: str, block: str = "packed") -> dict[str, Any]:
    packed = re.search(rf'id="{block}">([^<]*)<', page)
    assert packed is not None
    held: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(packed[1])))
    return held


def test_recorded_text_is_never_markup(made: Told) -> None:
    assert HOSTILE not in made.page and "&lt;script&gt;console.error" in made.page
    assert len(re.findall("<script", RUN.sub("", made.page))) == 3
    held = unpacked(made.page)["columns"]
    assert HOSTILE in held["consignee_name"][0] and HOSTILE in held["description"][0]


def test_only_the_scripts_of_the_page_may_run(made: Told) -> None:
    library, own = [script for _, script in RUN.findall(made.page)]
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in (library, own)]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src {allowed}; form-action" in made.page
    assert library == read_library()[0] and "innerHTML" not in own and "eval" not in own


def test_the_notices_of_the_library_are_kept(made: Told) -> None:
    held = re.search(r'id="library-license">([^<]*)<', made.page)
    assert held is not None and "The MIT License (MIT)" in held[1] and "Copyright SpryMedia" in held[1]
    assert "THE SOFTWARE IS PROVIDED" in held[1] and "datatables.net/license" in made.page


def test_nothing_is_fetched_from_elsewhere(outline: Any) -> None:
    addresses = [attrs[name] for _, attrs in outline.tags for name in ("src", "href") if name in attrs]
    assert [one for one in addresses if not one.startswith(("#", "./", "../summary.html#"))] == []
    assert not {"link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _ in outline.tags}


def test_what_leaders_ask_for_is_read_without_scripts(made: Told, outline: Any) -> None:
    text = " ".join(outline.text.split())
    run = made.report.summary
    for words in (
        "per 10,000 lines exported", "Findings by rule", "Newest rules", "Destination by ECCN",
        "Repeat consignees", "Indus Labs", "Harbor Forwarding", "No data source records forwarders",
            "AES compliance rate",
        "not the Census compliance rate", "Open findings by age", "Disclosure candidates", "2026 Q4",
        "Causes", "Undetermined: missing information", "Not screened",
        "rows in =", "open at some time in the period", "findings in all =", "This is not legal advice", run.run_id,
        run.rulebook_hash, "3A992 to PK on 2026-03-04 requires a license", "earshot impact", "-candidate, by ann",
    ):  # fmt: skip
        assert words in text, words
    assert "violat" not in text.lower() and "does not add up" not in text


def test_headings_tables_and_links_hold_together(outline: Any) -> None:
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1 and all(after - before <= 1 for before, after in pairwise(levels))
    tags = [tag for tag, _ in outline.tags]
    assert tags.count("table") == tags.count("caption")
    assert all("scope" in attrs for tag, attrs in outline.tags if tag == "th")
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"][1:] for _, attrs in outline.tags if attrs.get("href", "").startswith("#")} <= set(ids)
    assert {name for _, attrs in outline.tags for name in attrs.get("aria-labelledby", "").split()} <= set(ids)


def test_every_chart_is_drawn(outline: Any) -> None:
    drawn = [attrs["aria-labelledby"].split("-")[0] for tag, attrs in outline.tags
             if tag == "svg" and attrs["class"] != "chart narrow"]  # fmt: skip
    assert drawn == ["rate", "heat", "consignees", "filing", "ageing"]


def test_fifty_thousand_findings_stay_below_eight_megabytes(made: Told) -> None:
    page = render_report(many(made.report), {"PK": "Pakistan"}, [])
    assert len(page.encode()) < 8_000_000
    held = unpacked(page)
    assert held["count"] == 50_000 and len(unpacked(page, "packed-opened")["columns"]["because"][1]) == 50_000


def test_the_same_report_gives_the_same_bytes(made: Told) -> None:
    again = render_report(made.report, {"PK": "Pakistan", "DE": "Germany"}, ["rule-pakistan-rs"])
    assert again == made.page


def test_findings_under_urgent_rules_come_before_the_lines_of_highest_value(made: Told) -> None:
    assert "Urgent:" not in made.page
    rule = made.report.rules[0]
    summary = replace(made.report.summary, urgent_rules=[rule.rule_id])
    page = render_executive(replace(made.report, summary=summary), {}, ())
    number = rule.flagged + rule.undetermined
    said = f"<strong>Urgent:</strong> {number} finding{'s' if number > 1 else ''} under rules marked urgent"
    assert page.index(said) < page.index("Flagged lines of highest value")

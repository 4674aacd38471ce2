"""The executive version of the report of the shipped sample is two pages of paper, and so are those of other homes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.chromium import CHROMIUM
from tests.support.command import AS_OF, Golden, earshot
from tests.support.devtools import PAPERS, browser, pages
from tests.support.report_sample import lived, many, told
from transforms.reports.leadership.model import FoundRule, Newest, Report
from transforms.reports.leadership.page import render_executive, render_report

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: nothing is printed")
ALONE = "document.querySelectorAll('#appendix, #appendix ~ *, body > footer').forEach((one) => one.remove())"
TITLE = "License required: ECCN 1B999, 2A992, 2B999, 3A992, 3A999, 6A996 to or within a place of a long name"


def crowded(report: Report) -> Report:
    """A report with forty rules of long titles, and as many lines as make each table full."""
    rules = [report.summary.rules[0]._replace(rule_id=f"a-rule-of-long-name-{at}", title=TITLE) for at in range(40)]
    found = [
        FoundRule(rule.rule_id, "control", 1234, 567, None, None, 1234, 567, 89, 1011) for rule in rules
    ]  # fmt: skip
    newest = [Newest(rule.rule_id, TITLE, report.period.first, 12, 34, None) for rule in rules[:5]]
    return replace(many(report, 2_000), rules=found, newest=newest, summary=replace(report.summary, rules=rules))


@pytest.fixture(scope="module")
def printed(golden: Golden, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the pages to print, by name."""
    folder = tmp_path_factory.mktemp("executive")
    home = golden.copy(folder / "home")
    done = earshot("report", "--home", home, "--as-of", AS_OF, "--json")
    made = told(lived(folder / "lived")).report
    places = {"PK": "Pakistan", "DE": "Germany"}
    for name, report in (("small", made), ("crowded", crowded(made))):
        (folder / f"{name}.html").write_text(render_executive(report, places, []), encoding="utf-8")
    (folder / "whole.html").write_text(render_report(crowded(made), places, []), encoding="utf-8")
    sample = Path(done.json["report"])
    return {
        "sample": sample / "executive.html", "report of the sample": sample / "report.html",
        "small": folder / "small.html", "crowded": folder / "crowded.html", "whole": folder / "whole.html",
    }  # fmt: skip


def test_the_executive_version_is_two_pages_of_paper(printed: dict[str, Path], tmp_path: Path) -> None:
    with browser(tmp_path) as chrome:
        counted = {}
        for name, page in printed.items():
            for paper in PAPERS:
                chrome.open(page, 1280)
                before = pages(chrome.paper(paper))
                chrome.read(ALONE)
                counted[name, paper] = (before, pages(chrome.paper(paper)))
    for (name, paper), (before, alone) in counted.items():
        assert alone <= 2, (name, paper, counted)
        assert before > 4 if name in ("report of the sample", "whole") else before <= 2, (name, paper, counted)
    assert counted["sample", "A4"] == counted["sample", "letter"] == (2, 2)

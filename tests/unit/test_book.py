"""The book says everything that the rulebook says, trusts no text that it shows, and is the same every time."""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import replace
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from flows.settings import RULES
from tests.support.shipped import shipped_results, shipped_rulebook
from transforms.content import read_yaml
from transforms.errors import RulebookError
from transforms.reports.book.page import render_book
from transforms.reports.words.phrases import country_names, names_in_rules
from transforms.reports.words.rules import by_id, describe_rule
from transforms.rulebook.model import Case, CaseFile, Rulebook
from transforms.rulebook.parameter import filled
from transforms.rulebook.places import read_table
from transforms.rulebook.read import read_rulebook
from transforms.screening.cases import CaseResult

NOTHING_ELSE: dict[str, Any] = {"provisions": (), "filing": None, "checks": (), "party_rules": (), "check_sql": {}}
HOSTILE = '</style><script>alert("x")</script><img src=http://evil.example/x>'


class Page(HTMLParser):
    """Tags with their attributes, and the text with its white space folded."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._text += " " if tag in ("dd", "td", "th", "li", "p", "small") else ""

    def handle_data(self, data: str) -> None:
        self._text += data

    @cached_property
    def text(self) -> str:
        return " ".join(self._text.split())


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return shipped_rulebook()


@pytest.fixture(scope="module")
def results(rulebook: Rulebook) -> list[CaseResult]:
    return shipped_results()


@pytest.fixture(scope="module")
def book(rulebook: Rulebook, results: list[CaseResult]) -> Page:
    return Page(render_book(rulebook, results))


def folded(text: str) -> str:
    return " ".join(text.split())


def written_doubts(content: object) -> list[str]:
    """Every text under a key `doubts`, at any depth."""
    if isinstance(content, dict):
        here = list(content.get("doubts") or [])
        return here + [doubt for value in content.values() for doubt in written_doubts(value)]
    return [doubt for value in content for doubt in written_doubts(value)] if isinstance(content, list) else []


def test_every_rule_stands_in_the_book_with_what_was_written_of_it(rulebook: Rulebook, book: Page) -> None:
    anchors = {attrs.get("id") for _, attrs in book.tags}
    assert {f"rule-{rule_id}" for rule_id in by_id(rulebook)} <= anchors
    for rule in rulebook.rules:
        written = ("title", "remedy", "review", "paragraph")
        wanted = [rule.id, *(getattr(rule, name, None) or "" for name in written), *rule.history]
        wanted += [cite for one in rule.versions for cite in one.authority]
        said = [filled(text, rulebook.parameters.names()) for text in wanted]
        assert [text for text in said if folded(text)[1:] not in book.text] == []


def test_every_sentence_made_of_a_rule_stands_in_the_book(rulebook: Rulebook, book: Page) -> None:
    names = names_in_rules(rulebook)
    told_otherwise = ("exceptions", "authority", "triggers", "exemptions", "exclusions")
    for rule in by_id(rulebook).values():
        said = [one for one in describe_rule(rulebook, rule, names) if one.topic not in told_otherwise]
        assert [one.text for one in said if folded(one.text).rstrip(".") not in book.text] == []


def test_every_case_stands_in_the_book_with_its_outcome(rulebook: Rulebook, book: Page) -> None:
    sentences = [case.case for sheet in rulebook.cases.values() for case in sheet.cases]
    assert [sentence for sentence in sentences if folded(sentence) not in book.text] == []
    shown = [attrs for tag, attrs in book.tags if tag == "span" and (attrs.get("class") or "").startswith("mark ")]
    assert len(shown) == len(sentences) + 3  # and the three of the explanation
    assert f"Cases {len(sentences):,} all passed" in book.text


def test_every_doubt_stands_in_the_book_twice(rulebook: Rulebook, book: Page) -> None:
    names = country_names(rulebook.tables_dir)
    said = [one for rule in rulebook.rules for one in describe_rule(rulebook, rule, names)]
    doubts = [folded(one.text) for one in said if one.topic == "doubts"]
    doubts += [folded(text.because) for rule in rulebook.rules for one in rule.versions for text in one.doubts]
    for path in (RULES / "watch.yml", RULES / "tables" / "tables.yml"):
        doubts += [folded(doubt) for doubt in written_doubts(read_yaml(path, path.name)[0])]
    assert [doubt for doubt in doubts if book.text.count(doubt.rstrip(".")) < 2] == []
    rows = [row["doubt"] for path in rulebook.tables_dir.glob("*.csv") for row in read_table(path) if row.get("doubt")]
    assert [doubt for doubt in rows if folded(doubt) not in book.text] == []


def test_what_is_followed_and_what_is_not_covered_stand_in_the_book(book: Page) -> None:
    watch, _ = read_yaml(RULES / "watch.yml", "watch.yml")
    coverage, _ = read_yaml(RULES / "coverage.yml", "coverage.yml")
    wanted = [entry[key] for part in ("sections", "documents") for entry in watch[part] for key in ("cite", "title")]
    wanted += [entry["why"] for entry in watch["recheck"]]
    wanted += coverage["not_screened"] + coverage["presumed_absent"]
    assert [text for text in wanted if folded(text) not in book.text] == []


@pytest.mark.parametrize(
    "words",
    ["three outcomes, never two", "and of nothing else", "This is not legal advice.", "Reviewed against rulebook hash",
     "Signature", "Role", "Remarks", "no row is no permission"],
)  # fmt: skip
def test_the_book_says_how_a_line_is_judged_and_where_to_sign(book: Page, words: str) -> None:
    assert words in book.text


def test_the_hash_stands_on_the_first_page_and_above_the_signature(rulebook: Rulebook, book: Page) -> None:
    assert book.text.count(rulebook.hash) >= 3


def test_destinations_that_are_read_as_another_country_are_named(rulebook: Rulebook, book: Page) -> None:
    names = country_names(rulebook.tables_dir)
    for row in read_table(rulebook.tables_dir / "treated_as.csv"):
        assert f"{names[row['iso2']]} ({row['iso2']}) is treated as {names[row['as']]} ({row['as']})" in book.text


def test_a_case_shows_what_differs_from_the_defaults_and_the_version_it_exercises(rulebook: Rulebook) -> None:
    rule = next(one for one in rulebook.controls if one.versions[0].from_on and not one.versions[0].doubts)
    start = rule.versions[0].from_on
    assert start is not None
    defaults = {"export_on": str(start), "eccn": "3A999", "destination": "PK", "itn": ""}
    changes: dict[str, dict[str, str | None]] = {
        "as usual": {}, "long before": {"export_on": "1999-12-31"}, "not known": {"eccn": None}, "empty": {"eccn": ""},
    }  # fmt: skip
    cases = tuple(Case(case=name, line=defaults | line, expect="clear") for name, line in changes.items())
    sheet = CaseFile(rule_id=rule.id, path=Path("cases.yml"), defaults=defaults, cases=cases)
    text = Page(render_book(replace(rulebook, controls=(rule,), **NOTHING_ELSE, cases={rule.id: sheet}))).text
    assert f"export_on {start} eccn 3A999 destination PK (Pakistan) itn not recorded" in text
    assert f"as usual nothing from {start} clear" in text
    assert "long before export_on 1999-12-31 none effective clear" in text
    assert f"not known eccn not provided from {start} clear" in text
    assert f"empty eccn not recorded from {start} clear" in text


def test_without_results_the_book_says_that_the_cases_were_not_run(rulebook: Rulebook) -> None:
    text = Page(render_book(rulebook)).text
    assert "not run for this copy" in text and "Passed" not in text


def test_a_case_that_does_not_hold_is_loud(rulebook: Rulebook, results: list[CaseResult]) -> None:
    wrong = replace(results[0], outcome="flagged" if results[0].case.expect != "flagged" else "clear")
    text = Page(render_book(rulebook, [wrong, *results[1:]])).text
    assert "Do not sign this copy." in text and wrong.failures[0] in text


def test_the_same_rulebook_gives_the_same_bytes(rulebook: Rulebook, results: list[CaseResult]) -> None:
    assert render_book(rulebook, results) == render_book(read_rulebook(RULES), list(reversed(results)))


def test_the_book_needs_nothing_from_outside_and_links_only_within(book: Page, rulebook: Rulebook) -> None:
    tags = {tag for tag, _ in book.tags}
    assert not tags & {"script", "img", "link", "iframe", "object", "base", "form"}
    anchors = {attrs.get("id") for _, attrs in book.tags}
    links = [attrs["href"] or "" for _, attrs in book.tags if "href" in attrs]
    assert links and all(link.startswith("#") and link[1:] in anchors for link in links)
    assert not any(name.startswith("on") or name in ("src", "srcset") for _, attrs in book.tags for name in attrs)
    assert "url(" not in render_book(rulebook) and "@import" not in render_book(rulebook)


def test_hostile_text_in_a_rule_a_case_or_the_hash_stays_text(rulebook: Rulebook) -> None:
    rule = rulebook.controls[-1]
    hostile = rule.model_copy(update={"title": HOSTILE, "history": (HOSTILE,), "reason": HOSTILE, "remedy": HOSTILE})
    sheet = rulebook.cases[rule.id]
    case = sheet.cases[0].model_copy(update={"case": HOSTILE, "line": sheet.cases[0].line | {"description": HOSTILE}})
    cases = {**rulebook.cases, rule.id: sheet.model_copy(update={"cases": (case, *sheet.cases[1:])})}
    page = render_book(replace(rulebook, controls=(*rulebook.controls[:-1], hostile), cases=cases, hash=HOSTILE))
    assert HOSTILE not in page and html.escape(HOSTILE)[:16] in page
    assert not {"script", "img"} & {tag for tag, _ in Page(page).tags}


def test_a_rulebook_without_lists_beside_its_rules_still_gives_a_book(rulebook: Rulebook, tmp_path: Path) -> None:
    root = tmp_path / "rules"
    shutil.copytree(RULES, root)
    (root / "watch.yml").unlink()
    (root / "coverage.yml").unlink()
    assert "presume every other law" in Page(render_book(read_rulebook(root))).text
    (root / "watch.yml").write_text("sections: [", encoding="utf-8")
    with pytest.raises(RulebookError, match=r"rules/watch.yml"):
        render_book(read_rulebook(root))


def test_the_book_says_which_outcome_no_case_expects(rulebook: Rulebook, results: list[CaseResult]) -> None:
    rule_id = rulebook.controls[0].id
    sheet = rulebook.cases[rule_id]
    kept = tuple(case for case in sheet.cases if case.expect != "clear")
    cases = {**rulebook.cases, rule_id: CaseFile(**{**dict(sheet), "cases": kept})}
    fewer = [one for one in results if one.rule_id != rule_id or one.case.expect != "clear"]
    assert re.search("No case expects: clear", Page(render_book(replace(rulebook, cases=cases), fewer)).text)


def test_the_lines_and_the_item_record_beside_an_example_are_shown(rulebook: Rulebook) -> None:
    rule = rulebook.controls[0]
    line = {"export_on": "2025-03-03", "eccn": "3A999"}
    beside = ({"value_usd": "1300", "itn": ""}, {})
    case = Case(case="beside", line=line, expect="clear", others=beside, item={"eccn": "3A069", "detectors": "30"})
    sheet = CaseFile(rule_id=rule.id, path=Path("cases.yml"), defaults=line, cases=(case,))
    text = Page(render_book(replace(rulebook, controls=(rule,), **NOTHING_ELSE, cases={rule.id: sheet}))).text
    assert "another line value_usd 1300, itn not recorded another line the same" in text
    assert "its item master record eccn 3A069, detectors 30" in text


def test_a_book_of_controls_alone_says_nothing_of_filing_and_checks(rulebook: Rulebook) -> None:
    page = render_book(replace(rulebook, **NOTHING_ELSE))
    assert 'id="filing"' not in page and 'id="checks"' not in page and 'href="#filing' not in page

"""The book shows the comparisons with AES as it shows the checks: words, SQL, and examples with two sides."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from flows.settings import RULES
from tests.support.comparing import NUMBERS, STATUSES, shipped
from tests.support.shipped import shipped_rulebook
from transforms.compare.cases import run_comparison_cases
from transforms.compare.read import read_comparison_cases
from transforms.compare.rules import Comparison, NamedParameter
from transforms.reports.book.comparisons import Compared, comparisons_without_cases
from transforms.reports.book.page import render_book
from transforms.reports.words.reconcile import describe_reconcile

BOOK, CASES = shipped_rulebook(), read_comparison_cases(RULES)[0]
RULES_OF = tuple(shipped().values())


@pytest.fixture(scope="module")
def compared() -> Compared:
    return Compared(RULES_OF, CASES, run_comparison_cases(RULES_OF, CASES, NUMBERS, statuses=STATUSES))


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_every_comparison_stands_in_the_book_with_all_that_is_said_of_it(compared: Compared) -> None:
    page = render_book(BOOK, compared=compared)
    text = text_of(page)
    assert "Comparisons of the shipment record with AES" in text and "15 comparisons" in text
    for rule in RULES_OF:
        assert f'id="rule-{rule.id}"' in page and f'href="#rule-{rule.id}"' in page
        said = [one.text for one in describe_reconcile(rule) if one.topic != "authority"]
        cites = [cite for version in rule.versions for cite in version.authority]
        sentences = [case.case for case in CASES[rule.id].cases]
        wanted = [" ".join(one.split()).rstrip(".") for one in (*said, *cites, *sentences)]
        assert [one for one in wanted if one not in text] == [], rule.id


def test_an_example_shows_what_differs_on_each_side(compared: Compared) -> None:
    text = text_of(render_book(BOOK, compared=compared))
    assert "filing: destination AT (Austria)" in text
    assert "by another filer without a line line none filing: filer_id 98765432100" in text
    assert "eei-filing outcome flagged" in text and "records of 2025-03-02" in text


def test_a_comparison_that_does_not_hold_is_loud(compared: Compared) -> None:
    first, *others = compared.results or ()
    wrong = replace(first, outcome="flagged")
    page = text_of(render_book(BOOK, [], replace(compared, results=[wrong, *others])))
    assert "Do not sign this copy." in page and wrong.failures[0] in page


def test_a_book_without_comparisons_says_nothing_of_them() -> None:
    page = render_book(BOOK)
    assert 'id="comparisons"' not in page and 'href="#comparisons' not in page


def changed(rule_id: str, **update: object) -> Comparison:
    rule = shipped()[rule_id]
    return rule.model_copy(update={"versions": tuple(one.model_copy(update=update) for one in rule.versions)})


def test_a_term_that_names_a_parameter_says_so() -> None:
    terms = {"threshold_usd": NamedParameter(parameter="low-value-threshold")}
    said = [one.text for one in describe_reconcile(changed("value-declared-low", terms=terms))]
    assert "Threshold usd: the parameter low-value-threshold." in said


def test_a_version_wants_an_example_that_is_clear_and_one_that_is_not(compared: Compared) -> None:
    assert comparisons_without_cases(compared) == []
    clear = [one for one in compared.results or () if one.case.expect == "clear"]
    lacking = comparisons_without_cases(replace(compared, results=clear))
    assert "eccn-differs, version from unknown: no case expects flagged or undetermined" in lacking
    assert len(lacking) == len(RULES_OF)

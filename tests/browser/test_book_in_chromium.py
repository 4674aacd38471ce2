"""The book of rules in a real browser: it opens offline without complaint, its links lead somewhere, and it prints."""

import re
from dataclasses import replace

import pytest

from tests.support.chromium import CHROMIUM, chromium
from tests.support.shipped import shipped_results, shipped_rulebook
from transforms.reports.book.page import render_book
from transforms.reports.words.rules import by_id

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the book is not tried in a browser")


@pytest.fixture(scope="module")
def rulebook():
    return shipped_rulebook()


@pytest.fixture(scope="module")
def book(rulebook, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "book.html"
    path.write_text(render_book(rulebook, shipped_results()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def thin(rulebook, tmp_path_factory):
    """The book with one example of each rule: Chromium lays out all of them in half a minute."""
    first = {rule_id: file.model_copy(update={"cases": file.cases[:1]}) for rule_id, file in rulebook.cases.items()}
    path = tmp_path_factory.mktemp("thin") / "book.html"
    path.write_text(render_book(replace(rulebook, cases=first)), encoding="utf-8")
    return path


def test_the_book_opens_without_a_console_message_and_with_every_rule(book, rulebook, tmp_path):
    dom, log = chromium(book, tmp_path, "--dump-dom")
    assert [line for line in log.splitlines() if "CONSOLE" in line] == []
    assert set(re.findall(r'<article class="rule" id="rule-([^"]+)"', dom)) == set(by_id(rulebook))
    assert "<script" not in dom


def test_the_book_can_be_seen(thin, tmp_path):
    picture = tmp_path / "book.png"
    chromium(thin, tmp_path, "--window-size=1280,2400", "--hide-scrollbars", f"--screenshot={picture}")
    assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 50_000


@pytest.mark.parametrize(("whole", "paper"), [
    ("thin", "letter"), *(pytest.param("book", paper, marks=pytest.mark.long) for paper in ("A4", "letter")),
])
def test_the_book_prints_on_either_paper(request, rulebook, tmp_path, whole, paper):
    book = request.getfixturevalue(whole)
    sized = tmp_path / f"{paper}.html"
    style = f"<style>@page {{ size: {paper} }}</style></head>"
    sized.write_text(book.read_text(encoding="utf-8").replace("</head>", style), encoding="utf-8")
    printed = tmp_path / "book.pdf"
    chromium(sized, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    text = printed.read_bytes()
    assert text.startswith(b"%PDF") and len(re.findall(rb"/Type\s*/Page\b", text)) > len(rulebook.rules)
    wide = {tuple(round(float(side)) for side in box.split()) for box in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", text)}
    assert wide == {(0, 0, 595, 842) if paper == "A4" else (0, 0, 612, 792)}

"""What README.md and the pages of docs/ tell a reader to type can be typed, and what they link to is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import Golden
from tests.support.commands import COMMANDS, TREE, arguments, check, options, split
from tests.support.layouts import REPO
from tests.support.pages import DOCS, MAKEFILE, OTHERS, PAGES, README, Page, Row
from tests.support.reader import Reader

MOST_LINES = 129
TABLE = Page("docs/commands.md")
NIGHTLY = [f"{path}earshot nightly --home ~/exports" for path in ("", ".venv/bin/")]
"""The line that takes longest, as Prefect starts: it is typed for the README, which every other page says again."""
LONG = ("docs/lake.md", "docs/rulebook.md", "docs/what-if.md", "docs/reports.md", "docs/schedule.md")
"""Pages with lines that take tens of seconds."""
ASIDES = {(page.name, line): line for page in PAGES for line in page.asides() if line.startswith("earshot ")}


def test_the_readme_is_short() -> None:
    assert len(README.text.splitlines()) <= MOST_LINES


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=[pytest.mark.long] if page.name in LONG else []) for page in PAGES if page.typed()],
    ids=lambda page: page.name,
)
def test_each_line_of_a_page_does_in_its_turn_what_it_should(
    page: Page, golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reader, failed, not_printed = Reader(tmp_path, golden), dict[str, Any](), dict[str, list[str]]()
    for typed in page.typed():
        if typed.line.startswith("make ") or (page != README and typed.line in NIGHTLY):
            continue
        code, told = reader.type(typed.line)
        if code != 0:
            failed[typed.line] = code, told
        words = " ".join(told.split())
        if lacking := [line for line in typed.printed if line not in words]:
            not_printed[typed.line] = lacking
    assert failed == {}
    assert not_printed == {}
    for block in page.blocks("python"):
        exec(compile(block, page.name, "exec"), {})  # what it shows for a notebook


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_block_without_a_language_holds_lines_to_type_and_what_they_print(page: Page) -> None:
    assert page.strange() == []


def test_the_lines_were_read() -> None:
    counted = {page.name: len(page.typed()) for page in PAGES}
    assert counted["README.md"] >= 5 and sum(counted.values()) > 40
    assert ASIDES


def test_each_target_of_make_is_one_of_the_makefile() -> None:
    named = [line for page in PAGES for line in [*(one.line for one in page.typed()), *page.asides()]]
    targets = [line.split()[1] for line in named if line.startswith("make ")]
    assert {"run", "test"} <= set(targets)
    assert [one for one in targets if not re.search(rf"^{one}:", MAKEFILE, re.MULTILINE)] == []


@pytest.mark.parametrize("row", TABLE.table(), ids=lambda row: row.shown[0])
def test_a_row_of_the_table_names_commands_with_the_arguments_and_options_that_they_take(row: Row) -> None:
    found = [split(shown) for shown in row.shown]
    taken = set[str]().union(*(options(TREE[words]) for words, _ in found))
    assert [words for words, _ in found if words not in COMMANDS] == []
    assert [words for words, rest in found if len(rest) > arguments(TREE[words])] == []
    assert [option for option in row.options if option not in taken] == []


def test_the_table_names_every_command_once() -> None:
    named = [split(shown)[0] for row in TABLE.table() for shown in row.shown]
    assert sorted(named) == sorted(COMMANDS)


@pytest.mark.parametrize("line", ASIDES.values(), ids=[f"{name}: {line}" for name, line in ASIDES])
def test_a_command_that_a_sentence_names_could_be_typed(line: str) -> None:
    check(line)


@pytest.mark.parametrize("page", [*PAGES, *OTHERS], ids=lambda page: page.name)
def test_what_a_page_links_to_is_there(page: Page) -> None:
    missing = []
    for link in page.links():
        file, _, anchor = link.partition("#")
        path = (page.path.parent / file).resolve() if file else page.path
        target = Page(path.relative_to(REPO).as_posix())
        if not path.exists() or (anchor and anchor not in target.anchors()):
            missing.append(link)
    assert missing == []


def test_the_index_names_every_page_once_and_the_readme_leads_to_it() -> None:
    named = Page("docs/README.md").links()
    assert sorted(named) == sorted(page.path.name for page in DOCS if page.name != "docs/README.md")
    assert "docs/README.md" in README.links()


def test_every_picture_is_shown_and_made_by_one_command() -> None:
    shown = {(page.path.parent / link).resolve() for page in PAGES for link in page.links() if link.endswith(".png")}
    made = {REPO / "docs" / name for name in re.findall(r'"(\w+\.png)"', (REPO / "docs" / "pictures.py").read_text())}
    assert shown == set((REPO / "docs").glob("*.png")) == made

"""The tables of the Commerce Control List are refused with every fault, each with its file, row and column."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flows.settings import RULES
from transforms.rulebook.ccl import NO_CCL
from transforms.rulebook.ccl_places import places_of
from transforms.rulebook.ccl_read import FILES, LATER, read_ccl
from transforms.rulebook.item_facts import served
from transforms.rulebook.places import read_memberships
from transforms.rulebook.read_parameters import read_parameters
from transforms.rulebook.words import known_words

WORDS = known_words(RULES / "tables", read_parameters(RULES)[0])
ROW = {
    "entry": "3A001", "reason": "NS", "scope": "listed", "paragraphs": "3A001.b", "column": "NS2",
    "activities": "export reexport", "source": "15 CFR 774 Supp. 1", "confidence": "high",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(RULES / "ccl", tmp_path / "ccl")
    return tmp_path


def written(folder: Path, name: str, *rows: dict[str, str]) -> list[str]:
    """The faults of a table that holds these rows alone."""
    with (folder / "ccl" / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, FILES[name], lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return [f"{fault.file} {fault.key}: {fault.problem}" for fault in read_ccl(folder, WORDS)[1]]


def test_the_shipped_tables_have_no_fault() -> None:
    ccl, faults = read_ccl(RULES, WORDS)
    assert faults == []
    assert {len(ccl.rules), len({row.entry for row in ccl.entries})} == {14, 650}
    assert all(row.source and row.confidence for row in (*ccl.entries, *ccl.controls, *ccl.exceptions))


def test_a_rulebook_without_the_folder_has_no_list(tmp_path: Path) -> None:
    assert read_ccl(tmp_path, WORDS) == (NO_CCL, [])


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"entry": "3A01"}, 'entry: "3A01" is not a five-character ECCN'),
        ({"entry": "3A000"}, 'entry: "3A000" is not in entries.csv'),
        ({"reason": "XX"}, 'reason: "XX" is not known'),
        ({"scope": "listd"}, 'scope: "listd" is not known, did you mean "listed"?'),
        ({"paragraphs": "3A002.b"}, 'paragraphs: "3A002.b" is not a paragraph of 3A001'),
        ({"paragraphs": ""}, "paragraphs: blank, and the scope is listed"),
        ({"scope": "entire"}, "paragraphs: not blank, and the scope is entire"),
        ({"paragraphs": "3A001.b 3A001.b"}, "paragraphs: a word stands twice"),
        ({"column": "NS3"}, 'column: "NS3" is not known'),
        ({"column": "RS1"}, "column: RS1 is no column of NS"),
        ({"column": ""}, "column: neither a column nor destinations"),
        ({"destinations": "CN"}, "column: both a column and destinations"),
        ({"column": "", "section": "742.4", "destinations": "XX"}, 'destinations: unknown country "XX"'),
        ({"column": "", "section": "742.4", "destinations": "D:9"}, 'destinations: unknown Country Group "D:9"'),
        ({"column": "", "section": "742.4", "destinations": "ALL CN"}, "destinations: ALL stands alone"),
        ({"column": "", "section": "our view", "destinations": "CN"}, 'section: "our view" is not a section'),
        ({"column": "", "destinations": "CN"}, "section: blank, as is the column"),
        ({"activities": ""}, "activities: blank"),
        ({"activities": "import"}, 'activities: "import" is not known'),
        ({"from": "2025-02-30"}, 'from: "2025-02-30" is not a date'),
        ({"from": "2025-02-03", "until": "2025-02-02"}, "until: 2025-02-02 is before 2025-02-03"),
        ({"source": ""}, "source: blank"),
        ({"confidence": "sure"}, 'confidence: "sure" is not known'),
        ({"confidence": "low"}, "fact: blank, and no shipment record settles the row"),
        ({"scope": "conditional"}, "fact: blank, and no shipment record settles the row"),
        ({"doubted": "3A001.b.1"}, "doubted: not blank, and the scope is listed"),
        ({"cancels": "RS"}, "cancels: only a note cancels, and it names the reasons"),
    ],
)
def test_a_row_at_fault_is_named(folder: Path, changed: dict[str, str], problem: str) -> None:
    assert any(f"rules/ccl/controls.csv row 2, {problem}" in f"rules/{fault.split('/', 1)[1]}"
               for fault in written(folder, "controls.csv", ROW | changed))  # fmt: skip


SERVING = ROW | {
    "scope": "derived", "paragraphs": "", "confidence": "low", "fact": "the item that it serves",
    "related": "3A001 3B001-3B003 3C001.a", "settled_by": "serves; not missile range | mass market",
    "left_open": "a text",
}  # fmt: skip


def test_facts_of_an_item_that_settle_a_row_are_read_as_clauses_of_terms(folder: Path) -> None:
    assert written(folder, "controls.csv", SERVING) == []
    (row,) = read_ccl(folder, WORDS)[0].controls
    assert [[(term.fact.fact, term.is_negated) for term in clause] for clause in row.settled_by] == [
        [("serves", False)], [("missile range", True), ("mass market", False)],
    ]  # fmt: skip
    assert list(served(row.related)) == ["3A001", "3B001", "3B002", "3B003", "3C001.a"]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"settled_by": "servs"}, 'settled_by: "servs" is not known, did you mean "serves"?'),
        ({"settled_by": "serves 3A001"}, 'settled_by: "serves 3A001" is not known'),
        ({"settled_by": "serves;"}, 'settled_by: "" is not known'),
        ({"settled_by": "serves; serves"}, 'settled_by: "serves" stands twice'),
        ({"scope": "entire"}, "settled_by: not blank, and the scope is entire"),
        ({"scope": "text"}, "settled_by: not blank, and the scope is text"),
        ({"reason": "LRN", "column": "", "section": "License Requirement Note", "destinations": "ALL", "cancels": "NS"},
         "settled_by: not blank, and the reason is LRN"),
        ({"settled_by": ""}, "left_open: not blank, and no fact settles the row"),
        ({"related": ""}, 'related: blank, and the row is settled by "serves; not missile range | mass market"'),
        ({"related": "3A001.b-3A001"}, 'related: "3A001.b-3A001" is no ECCN'),
    ],
)  # fmt: skip
def test_a_fact_that_cannot_settle_a_row_is_a_fault(folder: Path, changed: dict[str, str], problem: str) -> None:
    faults = written(folder, "controls.csv", SERVING, SERVING | {"entry": "3A002"} | changed)
    assert any(f"controls.csv row 3, {problem}" in fault for fault in faults), faults
    assert not any("row 2, settled_by" in fault for fault in faults)


def test_a_rulebook_of_before_has_no_facts_of_items_and_is_read_as_it_was(folder: Path) -> None:
    columns = [name for name in FILES["controls.csv"] if name not in LATER["controls.csv"]]
    with (folder / "ccl" / "controls.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n", restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerow(SERVING)
    ccl, faults = read_ccl(folder, replace(WORDS, item_facts={}))
    assert faults == []
    assert [(row.settled_by, row.left_open) for row in ccl.controls] == [((), "")]


def test_all_faults_of_all_rows_are_told_at_once(folder: Path) -> None:
    faults = written(folder, "controls.csv", ROW, ROW | {"entry": "3A01", "source": ""}, ROW | {"column": "NS9"})
    told = [fault.split(" ", 1)[1] for fault in faults]
    assert [one.split(":")[0] for one in told] == [
        "row 3, source", "row 3, entry", "row 3, paragraphs", "row 4, column",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "begins", "is_fault"),
    [("2024-12-31", "2025-01-01", False), ("2025-01-01", "2025-01-01", True), ("", "2025-01-01", True)],
)
def test_periods_of_one_scope_do_not_overlap(folder: Path, ends: str, begins: str, is_fault: bool) -> None:
    faults = written(folder, "controls.csv", ROW | {"until": ends}, ROW | {"from": begins})
    assert any("says what row 2 says" in fault for fault in faults) == is_fault


def test_a_row_of_days_on_which_its_entry_is_not_in_the_list_is_a_fault(folder: Path) -> None:
    row = ROW | {"entry": "0A501", "paragraphs": "0A501.a", "until": "2020-03-08"}
    assert any("0A501 is not in the CCL" in fault for fault in written(folder, "controls.csv", row))


def test_other_headings_and_a_missing_table_are_faults(folder: Path) -> None:
    (folder / "ccl" / "entries.csv").write_text("entry,title\n", encoding="utf-8")
    (folder / "ccl" / "exceptions.csv").unlink()
    problems = [fault.problem for fault in read_ccl(folder, WORDS)[1]]
    assert "the headings are not those of this table" in problems
    assert "the table is missing" in problems


def test_an_exception_that_is_not_known_and_an_amount_that_is_none_are_faults(folder: Path) -> None:
    row = {"entry": "3A001", "exception": "LVX", "stance": "offered", "value_usd": "5k", "source": "x"}
    faults = written(folder, "exceptions.csv", row | {"confidence": "high"})
    assert any('exception: "LVX" is not known' in fault for fault in faults)
    assert any('value_usd: "5k" is no amount' in fault for fault in faults)


def test_no_entry_is_without_requirements_unless_they_stand_elsewhere() -> None:
    """A line under such an entry is clear: 1B999, 2B999 and 3A999 have folders, part 746 names the others."""
    ccl, _ = read_ccl(RULES, WORDS)
    held = {row.entry for row in ccl.controls}
    assert {one.entry for one in ccl.entries if not one.kind} - held == {"0A998", "1B999", "2B999", "3A999", "8D999"}


def test_what_740_2_a_4_leaves_open_lies_within_every_place_that_an_exception_reaches() -> None:
    """The compiler takes it for the place of the exception, as a scope has no intersection."""
    members = read_memberships(RULES / "tables")
    days = {(one.word, one.iso2): one for one in members}
    row = next(one for one in read_ccl(RULES, WORDS)[0].restrictions if one.paragraph == "740.2(a)(4)")
    left = places_of(row.destinations).but
    assert left is not None
    inside = [one for one in members if one.word.removeprefix("group:") in left.groups]
    assert len(inside) > 60
    for one in inside:
        whole = days["group:B", one.iso2]
        assert whole.from_on <= one.from_on <= one.until_on <= whole.until_on
    assert {("group:B", iso2) in days for iso2 in left.countries} == {True}
    reached = {one.iso2 for one in inside} | set(left.countries)
    assert [one for one in members if one.word in ("group:E:1", "group:E:2") and one.iso2 in reached] == []

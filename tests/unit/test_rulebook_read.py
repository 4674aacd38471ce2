"""The rulebook is read as written, with the words of its tables, and known by its hash."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from flows.settings import RULES
from tests.support.rulebooks import MINIMAL, WORDS, draft, rulebook
from transforms.rulebook.model import Exceptions, ExceptionTerms, Items, Places
from transforms.rulebook.read import read_rule, read_rulebook, rulebook_hash
from transforms.rulebook.words import KnownWords, known_words

DESTINATIONS = "    destinations: {countries: [PK]}\n"
PAKISTAN = """id: pakistan-rs
title: A license is required to send these six ECCNs to or within Pakistan
reason: RS
versions:
  - from: 2024-12-26
    published: 2024-11-26
    authority:
      - 89 FR 93164 (2024-27648)
      - 89 FR 94603, corrects the effective date from 2024-11-25
      - 15 CFR 742.6(a)(12)
    activities: [export, reexport, in_country_transfer]
    items: {eccn: [1B999, 2A992, 2B999, 3A992, 3A999, 6A996], except: [2B999.h.2]}
    destinations: {countries: [PK]}
    exceptions:                     # 15 CFR 740.2(a)(25): all others are closed
      TMP: {paragraphs: ["740.9(a)(1)", "740.9(a)(4)", "740.9(b)(3)"]}
      RPL: {own_terms: true}
      GOV: {paragraphs: ["740.11(a)", "740.11(b)", "740.11(d)"]}
      others: closed
    savings: {en_route_on: 2024-12-26, exported_before: unknown, look_until: 2025-01-25}
review: Case by case, 742.6(b)(13)
remedy: Confirm the ECCN paragraph and the authority; if none, hold and take it to counsel (764.5)
"""


def test_the_pakistan_example_of_the_design_reads_as_written(tmp_path: Path) -> None:
    (control,) = read_rule(draft(tmp_path, PAKISTAN), WORDS)
    assert (control.id, control.kind, control.reason, control.severity) == ("pakistan-rs", "control", "RS", "high")
    assert control.review == "Case by case, 742.6(b)(13)"
    (version,) = control.versions
    assert (version.from_on, version.until, version.published) == (date(2024, 12, 26), None, date(2024, 11, 26))
    assert version.authority[2] == "15 CFR 742.6(a)(12)"
    assert version.activities == ("export", "reexport", "in_country_transfer")
    assert version.items == Items(eccn=("1B999", "2A992", "2B999", "3A992", "3A999", "6A996"), but=("2B999.h.2",))
    assert version.destinations == Places(countries=("PK",))
    assert version.exceptions.others == "closed"
    assert version.exceptions.terms == {
        "TMP": ExceptionTerms(paragraphs=("740.9(a)(1)", "740.9(a)(4)", "740.9(b)(3)")),
        "RPL": ExceptionTerms(own_terms=True),
        "GOV": ExceptionTerms(paragraphs=("740.11(a)", "740.11(b)", "740.11(d)")),
    }
    assert version.savings is not None
    assert version.savings.en_route_on == date(2024, 12, 26)
    assert version.savings.exported_before == "unknown"
    assert version.savings.look_until == date(2025, 1, 25)
    assert version.doubts == ()


def test_norway_stays_norway_and_an_eccn_stays_text(tmp_path: Path) -> None:
    text = MINIMAL.replace("[PK]", "[NO]").replace("[3A999]", "[3E001]").replace("reason: RS", "reason: 0101")
    (control,) = read_rule(draft(tmp_path, text), WORDS)
    assert control.versions[0].destinations.countries == ("NO",)
    assert control.versions[0].items.eccn == ("3E001",)
    assert control.reason == "0101"


def test_no_exceptions_key_leaves_every_exception_on_its_own_terms(tmp_path: Path) -> None:
    (control,) = read_rule(draft(tmp_path, MINIMAL), WORDS)
    assert control.versions[0].exceptions == Exceptions(others="own_terms")


def test_an_exception_may_be_a_bare_word_a_place_or_a_doubt(tmp_path: Path) -> None:
    block = """    exceptions:
      TSR: closed
      STA: own_terms
      GBS: {destinations: {groups: [B], except: {groups: ["D:5"], countries: [MO, IQ]}}, items: {eccn: [3A999.f]}}
      LVS: {doubt: Not seen}
      others: own_terms
"""
    (control,) = read_rule(draft(tmp_path, MINIMAL.replace(DESTINATIONS, DESTINATIONS + block)), WORDS)
    terms = control.versions[0].exceptions.terms
    assert terms["TSR"] == ExceptionTerms(closed=True)
    assert terms["STA"] == ExceptionTerms(own_terms=True)
    places = Places(groups=("B",), but=Places(groups=("D:5",), countries=("MO", "IQ")))
    assert terms["GBS"] == ExceptionTerms(destinations=places, items=Items(eccn=("3A999.f",)))
    assert terms["LVS"].doubt == "Not seen"


@pytest.mark.parametrize(
    ("written", "doubts"),
    [
        ("The date is garbled", [("The date is garbled", None)]),
        ("{because: The date is garbled, from: 2024-11-25, until: 2024-12-25}", [("The date is garbled", 25)]),
        ("[One, {because: Two, from: 2024-11-25}]", [("One", None), ("Two", 25)]),
    ],
)
def test_a_doubt_is_a_sentence_a_mapping_or_a_list(
    tmp_path: Path, written: str, doubts: list[tuple[str, int | None]]
) -> None:
    text = MINIMAL.replace(DESTINATIONS, f"{DESTINATIONS}    doubt: {written}\n")
    (control,) = read_rule(draft(tmp_path, text), WORDS)
    found = control.versions[0].doubts
    assert [(doubt.because, doubt.from_on and doubt.from_on.day) for doubt in found] == doubts


def test_a_bare_group_letter_and_one_chart_column_are_words(tmp_path: Path) -> None:
    (control,) = read_rule(draft(tmp_path, MINIMAL.replace("countries: [PK]", "groups: [D], chart: NS2")), WORDS)
    assert control.versions[0].destinations == Places(groups=("D",), chart=("NS2",))


def test_versions_that_follow_one_another_are_read(tmp_path: Path) -> None:
    later = MINIMAL.partition("versions:\n")[2].partition("remedy:")[0].replace("2024-12-26", "2025-01-16")
    text = MINIMAL.replace(DESTINATIONS, f"{DESTINATIONS}    until: 2025-01-15\n{later}")
    (control,) = read_rule(draft(tmp_path, text), WORDS)
    assert [version.from_on for version in control.versions] == [date(2024, 12, 26), date(2025, 1, 16)]


def test_a_draft_may_be_a_folder_or_a_folder_of_folders(tmp_path: Path) -> None:
    folders = rulebook(tmp_path, "one", "two") / "controls"
    assert [control.id for control in read_rule(folders, WORDS)] == ["one", "two"]
    assert [control.id for control in read_rule(folders / "two", WORDS)] == ["two"]
    assert [control.id for control in read_rule(folders / "two" / "rule.yml", WORDS)] == ["two"]


def test_a_rulebook_holds_its_rules_and_their_cases_with_the_defaults(tmp_path: Path) -> None:
    root = rulebook(tmp_path / "rules", "two", "one")
    (root / "README.md").write_text("The forms", encoding="utf-8")
    (root / ".DS_Store").write_bytes(b"\0")
    book = read_rulebook(root, WORDS)
    assert [control.id for control in book.controls] == ["one", "two"]
    assert (book.root, book.tables_dir) == (root, root / "tables")
    sheet = book.cases["one"]
    assert (sheet.rule_id, sheet.path) == ("one", root / "controls" / "one" / "cases.yml")
    (case,) = sheet.cases
    assert case.line == {"export_on": "2024-12-25", "eccn": None, "destination": "PK", "license_code": ""}
    assert (case.expect, case.missing, case.because) == ("undetermined", ("eccn",), "no ECCN")


def test_the_words_are_those_of_the_tables(tmp_path: Path) -> None:
    (tmp_path / "country_names.csv").write_text("name,iso2\nPakistan,PK\nNorway,NO\n", encoding="utf-8")
    (tmp_path / "country_groups.csv").write_text("iso2,group\nPK,B\nPK,D:2\n", encoding="utf-8")
    (tmp_path / "country_chart.csv").write_text("iso2,NS1,NS2,from\nPK,X,X,\n", encoding="utf-8")
    words = known_words(tmp_path)
    assert words == KnownWords(frozenset({"PK", "NO"}), frozenset({"B", "D:2"}), frozenset({"NS1", "NS2"}))
    assert words.group_words == {"B", "D", "D:2"}


def test_the_hash_holds_over_line_ends_and_moves_with_content_and_path(tmp_path: Path) -> None:
    root = rulebook(tmp_path / "rules", "one")
    rule = root / "controls" / "one" / "rule.yml"
    before = rulebook_hash(root)
    assert len(before) == 64
    rule.write_bytes(MINIMAL.replace("id: draft", "id: one").replace("\n", "\r\n").encode())
    (root / "README.md").write_text("Not law", encoding="utf-8")
    assert rulebook_hash(root) == before
    rule.write_text(MINIMAL.replace("id: draft", "id: one").replace("2024-12-26", "2024-12-27"), encoding="utf-8")
    assert rulebook_hash(root) != before
    shutil.move(root / "controls" / "one", root / "controls" / "other")
    moved = rulebook_hash(root)
    shutil.move(root / "controls" / "other", root / "controls" / "one")
    assert moved != rulebook_hash(root)


def test_a_requirement_that_leaves_other_exceptions_open_says_which_list_based_ones_its_entries_offer():
    """15 CFR 740.3, 740.4 and 740.6: they serve only where the entry offers them."""
    silent = {
        control.id: missing
        for control in read_rulebook(RULES).controls
        for version in control.versions
        if version.exceptions.others == "own_terms" and not version.governed_by
        if (missing := {"LVS", "GBS", "TSR"} - set(version.exceptions.terms))
    }
    assert silent == {}

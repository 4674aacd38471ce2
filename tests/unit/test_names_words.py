"""The words of names of parties: read from the tables, and every fault told."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import RULES
from tests.support.named import shipped_words
from transforms.names.words import KINDS, read_name_words
from transforms.rulebook.places import read_table

ROWS = read_table(RULES / "tables" / "party_words.csv")
HEAD = "spelling,word,kind,source,confidence\n"


def test_every_kind_of_word_is_there() -> None:
    assert {row["kind"] for row in ROWS} == set(KINDS)


def test_a_spelling_stands_for_what_is_of_its_kind() -> None:
    words = shipped_words()
    assert words.kinds["intl"] == ("trade", "international") == words.kinds["international"]
    assert words.kinds["engg"] == ("trade", "engineering")
    assert words.kinds["mohd"] == words.kinds["mohammed"] == ("name of persons", "mohammed")
    assert words.kinds["thirteenth"] == ("number", "13")
    assert words.kinds["ooo"] == ("legal form", "ooo")


def test_names_of_countries_are_places_without_a_second_list() -> None:
    assert shipped_words().kinds["kazakhstan"][0] == "place"
    assert shipped_words().kinds["burkina faso"] == ("place", "burkinafaso")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("intl,INTERNATIONAL,trade,x,high", '"intl" is not a spelling'),
        ("INT'L,INTERNATIONAL,trade,x,high", '"INT\'L" is not a spelling'),
        ("INTL,INTERNATIONAL,business,x,high", '"business" is not a kind of word'),
        ("INTL,,trade,x,high", "it has no word"),
        ("OF,OF,filler,x,high", 'a word of the kind "filler" stands for none'),
        ("TENTH,X,number,x,high", '"X" is not a figure'),
        ("INTL,INTERNATIONAL,trade,x,sure", '"sure" is not a confidence'),
        ("INTL,INTERNATIONAL,trade,,high", "it has no source"),
        ("LTD,LTD,trade,x,high", '"LTD" is in name_words.csv too'),
    ],
)
def test_each_fault_is_told_with_its_row(tmp_path: Path, row: str, problem: str) -> None:
    (tmp_path / "name_words.csv").write_text(HEAD + "LTD,LTD,legal form,x,high\n", encoding="utf-8")
    (tmp_path / "party_words.csv").write_text(HEAD + row + "\n", encoding="utf-8")
    words, faults = read_name_words(tmp_path)
    assert [(fault.key, fault.problem) for fault in faults] == [("row 2", problem)]
    assert not words.kinds


def test_all_faults_are_told_at_once_and_a_spelling_stands_once_for_each_use(tmp_path: Path) -> None:
    rows = "II,2,number,x,high\nII,I,sound,x,high\nII,TWO,trade,x,high\na,,trade,x,high\n"
    (tmp_path / "party_words.csv").write_text(HEAD + rows, encoding="utf-8")
    problems = [fault.problem for fault in read_name_words(tmp_path)[1]]
    assert problems == ['"II" is there twice', '"a" is not a spelling', "it has no word"]


def test_a_word_stands_for_one_of_its_kind(tmp_path: Path) -> None:
    (tmp_path / "party_words.csv").write_text(
        HEAD + "MARK,MARK,common,x,high\nMARKO,MARK,name of persons,x,high\n", encoding="utf-8"
    )
    (fault,) = read_name_words(tmp_path)[1]
    assert (fault.key, fault.problem) == ("row 3", 'it stands for "MARK", which is common')


def test_a_rulebook_without_the_table_has_no_words(tmp_path: Path) -> None:
    words, faults = read_name_words(tmp_path)
    assert not faults and not words.kinds

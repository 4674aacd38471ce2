"""How alike two names of a company are, as measured."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.settings import RULES
from transforms.compare.names import Names
from transforms.compare.tables import read_tables

TABLES, FAULTS = read_tables(RULES / "tables")
NAMES = Names(TABLES.name_words)


def pair(name: str, filed_name: str) -> dict[str, Any]:
    (row,) = NAMES.pairs([(name, filed_name)]).to_pylist()
    assert (row.pop("name"), row.pop("filed_name")) == (name, filed_name)
    return row


SAME = {"similarity": 1.0, "word_similarity": 1.0, "legal_forms": "same", "is_other_number": False}


@pytest.mark.parametrize(
    ("name", "filed_name"),
    [
        ("Müller GmbH", "MUELLER G.M.B.H."), ("Müller GmbH", "MULLER G M B H"), ("Łódź Sp. z o.o.", "LODZ SPZOO"),
        ("Straße AG", "STRASSE AG"), ("Ærø A/S", "AERO AS"), ("L'Oréal S.A.", "LOREAL SA"), ("Foo B.V.", "FOO B V"),
        ("Smith & Sons", "SMITH AND SONS"), ("The Acme Company", "ACME CO"), ("Photo Tech", "PHOTOTECH"),
        ("Acme Private Limited", "ACME PVT. LTD."), ("Acme Limited Liability Company", "ACME LLC"),
    ],
)  # fmt: skip
def test_what_spelling_alone_makes_different_is_the_same(name: str, filed_name: str) -> None:
    assert {key: pair(name, filed_name)[key] for key in SAME} == SAME
    assert {key: pair(filed_name, name)[key] for key in SAME} == SAME


@pytest.mark.parametrize(
    ("name", "filed_name", "expected"),
    [
        ("Acme GmbH", "Acme AG", {"legal_forms": "other"}), ("Acme GmbH", "Acme", {"legal_forms": "missing"}),
        ("Acme GmbH & Co. KG", "Acme GmbH", {"legal_forms": "missing"}),
        ("Plant 1", "Plant 2", {"is_other_number": True}), ("Plant 01", "Plant 1", {"is_other_number": False}),
        ("Plant1", "Plant 2", {"is_other_number": True}), ("Plant", "Plant 2", {"is_other_number": True}),
        ("Plant A", "Plant B", {"is_other_number": True}), ("Plant IV", "Plant VI", {"is_other_number": True}),
        ("Plant A", "Plant", {"is_other_number": False}),
        ("Acme East", "Acme West", {"word_similarity": 0.75}),
        ("Muster Labor", "Muster Labur", {"word_similarity": 0.8}),
        ("Acme Trading", "Acme Trad", {"cut_length": 9, "is_cut_in_word": True}),
        ("Acme Trading", "Acme", {"cut_length": 4, "is_cut_in_word": False}),
        ("Acme", "Acme Trading", {"cut_length": 4, "is_cut_in_word": False}),
        ("Acme Trading", "Acme Mining", {"cut_length": None, "is_cut_in_word": False}),
        ("東京大学", "北京公司", {"similarity": 0.25}),
    ],
)  # fmt: skip
def test_what_differs_is_measured(name: str, filed_name: str, expected: dict[str, Any]) -> None:
    assert {key: pair(name, filed_name)[key] for key in expected} == expected


@given(st.lists(st.text("ABCÄÖÜøß .&-1", min_size=1, max_size=30), min_size=2, max_size=2))
def test_it_does_not_matter_which_side_a_name_is_on(names: list[str]) -> None:
    one, other = pair(*names), pair(*reversed(names))
    keys = ("similarity", "word_similarity", "legal_forms", "is_other_number")
    assert [one[key] for key in keys] == [other[key] for key in keys]


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_names_are_measured(name: str, filed_name: str) -> None:
    assert 0 <= pair(name, filed_name)["similarity"] <= 1
    assert {key: pair(name, name)[key] for key in SAME} == SAME


def test_each_spelling_is_there_once_and_a_unit_is_one_of_itself() -> None:
    for rows in (TABLES.units, TABLES.name_words):
        assert len({row["spelling"] for row in rows}) == len(rows)
        assert all(row["confidence"] in ("high", "medium", "low") for row in rows)
    units = {row["spelling"]: (row["unit"], float(row["factor"])) for row in TABLES.units}
    own = {unit for unit, _ in units.values()} & set(units)
    assert {unit: units[unit] for unit in own} == {unit: (unit, 1) for unit in own}
    assert {"NO", "KG", "L", "M", "M2", "PRS"} <= own


def test_the_tables_are_read_and_every_fault_is_told(tmp_path) -> None:
    assert not FAULTS and TABLES.units and TABLES.name_words
    (tmp_path / "units.csv").write_text(
        "spelling,unit,factor,source,confidence\nea,NO,1,x,high\nKG,,0,x,high\nKG,KG,1,x,high\n", encoding="utf-8"
    )
    (tmp_path / "name_words.csv").write_text(
        "spelling,word,kind,source,confidence\nLTD,LTD,form,x,high\nTHE,,filler,x,high\n", encoding="utf-8"
    )
    tables, faults = read_tables(tmp_path)
    assert not tables.units and not tables.name_words
    assert [(fault.file.rpartition("/")[2], fault.key, fault.problem) for fault in faults] == [
        ("units.csv", "row 2", '"ea" is not a spelling'), ("units.csv", "row 3", '"0" is not a factor'),
        ("units.csv", "row 3", "it has no unit"), ("units.csv", "row 4", '"KG" is there twice'),
        ("name_words.csv", "row 2", '"form" is not a kind of word'),
    ]  # fmt: skip
    assert read_tables(tmp_path / "none") == (type(tables)(), [])

"""A name taken apart: what is left of it to be compared."""

from __future__ import annotations

import pytest

from tests.support.named import shipped_words
from transforms.names.read import Part, Reader

READER = Reader(shipped_words())


def words(name: str) -> list[str]:
    return [word.text for part in READER.parts(name)[:1] for word in part.words]


def told(name: str) -> list[tuple[str, str]]:
    return [(part.role, part.text) for part in READER.parts(name)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Linkers Automation (Pvt) Ltd.", ["linkers", "automation"]),
        ("Obshchestvo S Ogranichennoi Otvetstvennostyu Milandr", ["milandr"]),
        ("OOO Milandr", ["milandr"]), ("MILANDR, L.L.C.", ["milandr"]), ("Milandr Limted", ["milandr"]),
        ("The Thirteenth Research Institute", ["13", "research", "institute"]),
        ("13th Research Inst.", ["13", "research", "institute"]),
        ("Acme Intl Engg Co", ["acme", "international", "engineering"]),
        ("Acme Import & Export", ["acme", "impex"]), ("Peking Optics", ["beijing", "optical"]),
        ("A.B.C. Trading", ["abc", "trading"]), ("A B C Trading", ["abc", "trading"]),
        ("Company Limited", ["company", "limited"]), ("L'Oréal", ["loreal"]), ("Straße", ["strasse"]),
        ("(SEAN) NAGHIBI", ["sean", "naghibi"]), ("Umbrel (UMB) Works", ["umbrel", "works"]),
    ],
)  # fmt: skip
def test_legal_forms_go_and_equal_words_are_one(name: str, expected: list[str]) -> None:
    assert words(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Роснефть", ["rosneft"]), ("ОАО Радиофизика", ["radiofizika"]),
        ("АО «НПП Восток»", ["enterprise", "vostok"]),
        ("华为技术有限公司", ["huawei", "technology"]),
        ("北京天华国际有限公司", ["beijing", "tianhua", "international"]),
        ("شركة البركة للتجارة", ["lbrkh", "trading"]), ("دانشگاه تهران", ["university", "tehran"]),
        ("احد انٹرنیشنل", ["hd", "international"]),
    ],
)  # fmt: skip
def test_other_scripts_are_read_in_plain_letters(name: str, expected: list[str]) -> None:
    assert words(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Acme Ltd c/o Beta Trading", [("", "Acme Ltd"), ("care of", "Beta Trading")]),
        ("TO THE ORDER OF HABIB BANK", [("to order of", "HABIB BANK")]),
        ("Acme a/k/a Beta", [("", "Acme"), ("also known as", "Beta")]),
        ("Acme, d.b.a. Beta", [("", "Acme, d.b.a. Beta")]),
        ("ATTN: Celia Chen", [("attention", "Celia Chen")]),
        ("Celia Chen - Bright Logistics", [("", "Celia Chen - Bright Logistics"), ("", "Celia Chen"),
                                           ("", "Bright Logistics")]),
        ("Femteco OOO, Moscow, Lenina 5", [("", "Femteco OOO, Moscow, Lenina 5"), ("", "Femteco OOO")]),
        ("AT&T Attica", [("", "AT&T Attica")]),
    ],
)  # fmt: skip
def test_a_recorded_name_is_split_where_it_names_several(name: str, expected: list[tuple[str, str]]) -> None:
    assert told(name) == expected


def test_a_listed_name_is_split_at_other_names_only() -> None:
    name = "Society for the Care of the Wounded a/k/a Salama, and its subordinate units"
    assert [part.role for part in READER.parts(name, is_listed=True)] == ["", "also known as"]
    assert READER.parts(name, is_listed=True)[1].text == "Salama, and its subordinate units"[:6]


def test_an_acronym_in_parentheses_stands_by_itself() -> None:
    (part,) = READER.parts("China Electronics Technology Group (CETC)")
    assert part.acronyms == ("cetc",) and "cetc" not in [word.text for word in part.words]
    (part,) = READER.parts("Linkers (PVT) Ltd")
    assert part.acronyms == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yevgeniy", "Evgenii"), ("Biryukov", "Biriukov"), ("Timokhina", "Timohina"), ("Livshits", "Lifshitz"),
        ("Pooyan", "Pouyan"), ("Multicomm", "Multicom"), ("Linkers", "Linker"), ("Qasim", "Kasim"),
    ],
)  # fmt: skip
def test_ways_to_write_one_sound_are_one(one: str, other: str) -> None:
    assert READER.word(one.lower()).sound == READER.word(other.lower()).sound


def test_a_word_that_a_word_stands_for_is_read_as_it_is() -> None:
    for spelling in shipped_words().kinds:
        word = READER.word(spelling.replace(" ", ""))
        assert READER.word(word.text) == word or word.kind not in ("trade", "place", "common", "name of persons")


@pytest.mark.parametrize("name", ["", "   ", "...", "\u200f\u202e", "()", "🚀", "\x00\x01"])
def test_what_holds_no_word_has_no_part(name: str) -> None:
    assert READER.parts(name) == [] or isinstance(READER.parts(name)[0], Part)

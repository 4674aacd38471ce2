"""Copies of the lists of parties in the forms of their publishers: what is read of them, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.lists import csl, csl_json, denied, sdn
from transforms.errors import InputError
from transforms.lists.read import read_published

DATA = Path(__file__).parents[3] / "shared" / "data" / "lists"


def read(folder: Path, text: str, name: str = "copy.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_published(path)


def test_the_screening_list_is_read_with_its_days_aliases_and_countries(tmp_path: Path) -> None:
    (one,) = read(tmp_path, csl({
        "list": "EL", "name": "Umbrel  Works", "alt_names": "UW; Umbrel", "addresses": "1 A Street, Karachi, PK; AE",
        "start_date": "2024-05-14", "license_requirement": "For all items subject to the EAR.",
        "federal_register_notice": "89 FR 41886",
    }))  # fmt: skip
    assert (one.list_name, one.name) == ("EL", "Umbrel Works")
    assert (one.aliases, one.countries) == (("UW", "Umbrel"), ("PK", "AE"))
    assert (one.start, one.end, one.citation) == (date(2024, 5, 14), None, "89 FR 41886")
    assert one.address == "1 A Street, Karachi, PK; AE"


def test_an_address_that_is_a_country_alone_is_none(tmp_path: Path) -> None:
    (one,) = read(tmp_path, csl({"list": "UVL", "name": "Umbrel", "addresses": "FI; EE"}))
    assert (one.address, one.countries) == ("", ("FI", "EE"))


def test_the_same_is_read_as_json(tmp_path: Path) -> None:
    (one,) = read(tmp_path, csl_json({
        "list": "NS-MBS", "name": "Umbrel", "alt_names": ["UW"], "programs": ["RUSSIA-EO14024"],
        "addresses": [{"address": "1 A Street", "city": "Moscow", "country": "RU"}], "start_date": None,
    }), "list.json")  # fmt: skip
    assert (one.list_name, one.aliases, one.countries) == ("NS-MBS", ("UW",), ("RU",))
    assert one.programs == ("RUSSIA-EO14024",)


def test_denied_persons_have_the_days_of_their_order(tmp_path: Path) -> None:
    (one,) = read(tmp_path, denied({
        "Name": "UMBREL AIR", "Country": "IQ", "Effective_Date": "06/05/2019", "Expiration_Date": "10/30/2024",
        "FR_Citation": "84 F.R. 27233 6/12/2019",
    }), "dpl.txt")  # fmt: skip
    assert (one.list_name, one.start, one.end) == ("DPL", date(2019, 6, 5), date(2024, 10, 30))
    assert one.countries == ("IQ",)


def test_blocked_persons_have_their_programs_and_the_aliases_of_the_remarks(tmp_path: Path) -> None:
    first, second = read(tmp_path, sdn(
        ("UMBREL LLC", "", "RUSSIA-EO14024", "a.k.a. 'UMB'; f.k.a. 'OMB'."),
        ("DOE, Jan", '"individual"', "SDGT] [SDT", ""),
    ))  # fmt: skip
    assert (first.name, first.type, first.aliases, first.programs) == (
        "UMBREL LLC", "entity", ("UMB", "OMB"), ("RUSSIA-EO14024",),
    )  # fmt: skip
    assert (second.type, second.programs, second.countries) == ("individual", ("SDGT", "SDT"), None)


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("a,b\n1,2\n", "x.csv", "no list of parties in a known form"),
        ("", "x.csv", "no list of parties in a known form"),
        ("{", "x.json", "this is no JSON"),
        ('{"results": 3}', "x.json", 'no list of "results"'),
        (csl({"list": "UVL", "name": "A", "start_date": "soon"}), "x.csv", 'row 2, start_date: "soon" is not a date'),
        (csl(), "x.csv", "no entry of a list is in it"),
        (sdn(("A", "", "CUBA", "")) + "7,B\n", "x.csv", "row 3 has 2 cells"),
    ],
)
def test_what_is_no_list_is_refused_with_what_is_allowed(tmp_path: Path, text: str, name: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        read(tmp_path, text, name)
    assert name in str(refused.value)
    assert "allowed" in str(refused.value) or "JSON" in str(refused.value)


def test_real_copies_are_read_whole() -> None:
    if not DATA.is_dir():
        pytest.skip(f"{DATA} is not there: real copies of lists are not committed")
    entries = read_published(DATA / "csl_bis_2023-11.csv")
    counted = {name: sum(one.list_name == name for one in entries) for name in ("EL", "UVL", "MEU")}
    assert counted == {"EL": 919, "UVL": 186, "MEU": 71}
    assert all(one.list_name == "DPL" and one.start for one in read_published(DATA / "dpl_companies_2023-11.txt"))


@pytest.mark.parametrize(
    "text",
    [
        b"source,name\n\x81\xff,\x8d\n",
        csl({"list": "UVL", "name": "C" * 140_000}).encode(),
        b'{"results":' + b"[" * 100_000,
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "copy.csv"
    path.write_bytes(text)
    with pytest.raises(InputError):
        read_published(path)

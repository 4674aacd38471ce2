"""Rulings on pairs of a party and an entry of a list: for all lines, until a day, and until either is another one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.jobs.rulings import bring_rulings, kept_rulings
from flows.jobs.verify import verify
from tests.support.desk import make_desk
from tests.support.office import TODAY, Office
from transforms.errors import InputError
from transforms.lists.rulings import read_rulings, write_rulings
from transforms.rulebook.listed import RULINGS

RULE = "party-entity-list"
LISTED = {
    "consignee_name": "EnerQuip Private Ltd", "consignee_country": "US", "destination": "DE", "eccn": "EAR99",
    "license_code": "C33", "license_number": "NLR", "export_on": "2024-01-05", "tendered_on": "2024-01-05",
}  # fmt: skip
"""The name of an entry of the Entity List in Pakistan, recorded in another country: a possible match."""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    found = Office(make_desk(tmp_path))
    found.take({"shipment_id": "A", **LISTED}, {"shipment_id": "B", **LISTED}, {"shipment_id": "C"})
    found.screen()
    return found


def outcomes(office: Office) -> dict[str, str]:
    """How the findings of listed parties stand, by shipment; those that the last screening does not make left out."""
    query = f"select shipment_id, outcome from ledger where rule_id = '{RULE}' and outcome is not null"
    return dict(office.desk.rows(query))


def test_another_party_holds_for_all_lines_with_the_pair(office: Office) -> None:
    assert outcomes(office) == {"A": "undetermined", "B": "undetermined"}
    office.decide("another-party", office.finding("A", RULE))
    office.screen()
    assert outcomes(office) == {}
    office.take({"shipment_id": "D", **LISTED})
    office.screen()
    assert outcomes(office) == {}
    assert verify(office.desk.home, (), every=True).holds


def test_a_ruling_is_on_the_pair_that_the_finding_tells_and_on_no_other_of_the_line(office: Office) -> None:
    office.take({"shipment_id": "E", **LISTED, "end_user_name": "Umbrel", "purchaser_name": "Suzhou Keda Technology",
                 "purchaser_country": "CN"})  # fmt: skip
    office.screen()
    assert outcomes(office)["E"] == "flagged"
    office.decide("another-party", office.finding("E", RULE))
    assert [one["party"] for one in kept_rulings(office.desk.home, TODAY)] == ["Suzhou Keda Technology"]
    office.screen()
    assert outcomes(office) == {"A": "undetermined", "B": "undetermined", "E": "undetermined"}
    assert office.standing("E", RULE)[0] == "open"


def test_the_same_party_makes_a_match_of_a_possible_one(office: Office) -> None:
    office.decide("same-party", office.finding("B", RULE))
    office.screen()
    assert outcomes(office) == {"A": "flagged", "B": "flagged"}


def test_a_party_that_is_recorded_otherwise_is_another_pair(office: Office) -> None:
    office.decide("another-party", office.finding("A", RULE))
    office.take({"shipment_id": "D", **LISTED, "consignee_country": "GB"})
    office.screen()
    assert outcomes(office) == {"D": "undetermined"}


def test_a_ruling_past_its_review_date_lapses(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.decide("another-party", office.finding("A", RULE), expires_on=date(2099, 1, 1))
    path = office.desk.home.lists / RULINGS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2099-01-01", "2026-01-01"), encoding="utf-8")
    office.screen()
    assert set(outcomes(office)) >= {"B"}
    (one,) = kept_rulings(office.desk.home, TODAY)
    assert one["lapsed"] == "past its review date"


def test_a_ruling_lapses_where_the_entry_says_something_else_and_says_what(office: Office) -> None:
    office.decide("another-party", office.finding("A", RULE))
    path = office.desk.home.lists / RULINGS
    (ruling,) = read_rulings(path)
    said = ruling["entry_said"].replace('["PK"]', '["AE"]')
    assert said != ruling["entry_said"]
    write_rulings(path, [ruling | {"entry_said": said, "entry_print": "of-then"}])
    office.screen()
    assert set(outcomes(office)) >= {"B"}
    (one,) = kept_rulings(office.desk.home, TODAY)
    assert one["lapsed"] == "the entry has other countries since"


def test_rulings_go_from_home_to_home_as_a_file(office: Office, tmp_path: Path) -> None:
    office.decide("another-party", office.finding("A", RULE))
    other = Office(make_desk(tmp_path / "other"))
    other.take({"shipment_id": "A", **LISTED})
    assert bring_rulings(other.desk.home, office.desk.home.lists / RULINGS) == 1
    other.screen()
    assert outcomes(other) == {}


def test_a_ruling_on_a_finding_of_another_rule_is_refused_and_nothing_is_kept(office: Office) -> None:
    office.take({"shipment_id": "E", "eccn": "3A999", "destination": "PK", "export_on": "2025-03-03"})
    office.screen()
    with pytest.raises(InputError, match="is a ruling on a listed party, and this finding is of the rule pakistan-rs"):
        office.decide("another-party", office.finding("E"))
    assert not office.desk.home.lists.exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("another party", "nobody", 'row 2: ruling "nobody" is not known'),
        ("as counsel said", "", "row 2: reason is blank"),
        ("party,country", "party,land", "the columns are"),
    ],
)
def test_a_file_of_rulings_that_cannot_be_read_is_refused(office: Office, old: str, new: str, said: str) -> None:
    office.decide("another-party", office.finding("A", RULE))
    text = (office.desk.home.lists / RULINGS).read_text(encoding="utf-8")
    with pytest.raises(InputError, match=said):
        bring_rulings(office.desk.home, office.desk.put(text.replace(old, new, 1), "rulings.csv"))

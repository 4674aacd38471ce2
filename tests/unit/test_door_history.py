"""The door compares an extract with what its source sent before, and a person may let in what it stops."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from flows.jobs.ingest import ingest_file
from flows.settings import Home
from tests.support.desk import Desk, make_desk
from tests.support.extracts import extract, row
from transforms.errors import DoorStopped, InputError
from transforms.ingest.load import Loaded

DAY = datetime(2025, 2, 10)
ROWS = 30


def send(desk: Desk, day: int, rows: int = ROWS, **other: str) -> Loaded:
    """Take an extract of one day, a row per shipment."""
    lines = [row(f"D{day}-{number}", **other) for number in range(rows)]
    return desk.take(extract(*lines), f"day-{day}.csv", known_from=DAY)


def warned(loaded: Loaded) -> dict[str, Any]:
    """Return what did not hold, by name."""
    return {one["name"]: one["observed"] for one in loaded.door if not one["success"]}


@pytest.fixture(scope="module")
def four_sent(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk whose source has sent four extracts; the tests of the module copy it."""
    desk = make_desk(tmp_path_factory.mktemp("sent"))
    (desk.home.root / "door.yml").unlink(missing_ok=True)
    for day in range(4):
        assert warned(send(desk, day)) == {}
    return desk


@pytest.fixture
def settled(four_sent: Desk, tmp_path: Path) -> Desk:
    """Return a desk of its own whose source has sent four extracts."""
    return Desk(Home(shutil.copytree(four_sent.home.root, tmp_path / "settled")))


def test_a_column_that_was_filled_and_is_now_empty_stops_the_extract(settled: Desk) -> None:
    with pytest.raises(DoorStopped, match="emptied_eccn: eccn is filled in, as usual for this source: found 1"):
        send(settled, 9, eccn="")


def test_a_column_that_is_no_longer_in_the_file_stops_the_extract(settled: Desk) -> None:
    content = "shipment_id,line_number,export_on,activity,destination,description,value_usd\n" + "".join(
        f"N-{number},1,2025-02-03,export,PK,a pump,100.00\n" for number in range(ROWS)
    )
    with pytest.raises(DoorStopped, match="emptied_eccn"):
        settled.take(content, known_from=DAY)


def test_in_few_rows_an_empty_column_is_chance(settled: Desk) -> None:
    assert "emptied_eccn" not in warned(send(settled, 9, rows=5, eccn=""))


@pytest.mark.parametrize(
    ("other", "name", "observed"),
    [
        ({"value_usd": "10000.00"}, "size_value_usd", 100.0),
        ({"value_usd": "1.00"}, "size_value_usd", 100.0),
        ({"value_usd": "0.00"}, "above_zero_value_usd", 1.0),
        ({"destination": "IN"}, "seen_destination", 1.0),
        ({"eccn": "EAR99"}, "seen_eccn", 1.0),
        ({"export_on": "2025-01-10"}, "fresh_as_usual", 24.0),
        ({"export_on": "2024-01-10"}, "recent_as_usual", 390.0),
        ({"export_on": "2024-12-01"}, "fresh", 71.0),
    ],
)
def test_what_is_unlike_the_source_is_loaded_with_a_warning(
    settled: Desk, other: dict[str, str], name: str, observed: float
) -> None:
    done = send(settled, 9, **other)
    assert done.loaded == ROWS
    assert warned(done)[name] == observed


def test_what_a_column_may_not_hold_is_loaded_with_a_warning(guarded: Desk) -> None:
    headings = (
        "shipment_id,line_number,export_on,origin_df,consignee_type,filing_option,transport_mode,schedule_b,routed\n"
    )
    good = "".join(f"G{at},1,2025-02-03,D,R,2,40,8471300100,N\n" for at in range(ROWS))
    assert warned(guarded.take(headings + good, known_from=DAY)) == {}
    bad = "".join(f"B{at},1,2025-02-03,X,Z,9,Air,84,?\n" for at in range(ROWS))
    shares = (
        "form_consignee_type", "form_schedule_b", "form_origin_df", "form_filing_option", "form_transport_mode",
        "form_routed",
    )  # fmt: skip
    counts = {"unreadable_origin_df": ROWS, "unreadable_schedule_b": ROWS}
    assert warned(guarded.take(headings + bad, known_from=DAY)) == dict.fromkeys(shares, 1.0) | counts


def test_another_source_is_not_measured_by_this_one(settled: Desk) -> None:
    settled.add_layout(
        "own", "id: own\ntitle: Own\ncolumns: {shipment_id: Ref, line_number: Item, export_on: Day, eccn: E}\n"
    )
    content = "Ref,Item,Day,E\n" + "".join(f"A{number},1,2025-02-03,\n" for number in range(ROWS))
    assert settled.take(content, known_from=DAY).loaded == ROWS


def test_a_batch_that_is_stopped_changes_nothing_and_is_kept_as_it_came(settled: Desk) -> None:
    before = settled.tables()
    with pytest.raises(DoorStopped, match="Nothing was loaded"):
        send(settled, 9, eccn="")
    assert settled.tables() == before
    (kept,) = settled.home.landed.glob("*-day-9.csv")
    assert kept.read_text() == (settled.home.root.parent / "day-9.csv").read_text()


def test_a_file_that_is_stopped_in_the_inbox_can_be_mended_there_without_changing_what_was_landed(
    settled: Desk,
) -> None:
    path = settled.home.inbox / "day-9.csv"
    content = extract(*(row(f"S{number}", eccn="") for number in range(ROWS)))
    path.write_text(content)
    with pytest.raises(DoorStopped):
        ingest_file(settled.home, path, known_from=DAY, is_ours=True)
    with path.open("a") as stream:
        stream.write("mended")
    (kept,) = settled.home.landed.glob("*-day-9.csv")
    assert kept.read_text() == content


def test_a_person_lets_in_what_the_door_stops_and_the_reason_is_logged(
    settled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EARSHOT_USER", "A. Analyst")
    with pytest.raises(DoorStopped, match=r"earshot ingest --home .*day-9\.csv --accept"):
        send(settled, 9, eccn="")
    path = settled.home.root.parent / "day-9.csv"
    done = ingest_file(settled.home, path, known_from=DAY, accept="ECCNs follow in the item master")
    assert (done.loaded, done.accepted) == (ROWS, "ECCNs follow in the item master")
    assert settled.rows("select reason, accepted_by, failed from accepted") == [
        ("ECCNs follow in the item master", "A. Analyst", ["emptied_eccn"])
    ]


def test_an_acceptance_of_what_the_door_takes_is_not_logged(guarded: Desk) -> None:
    path = guarded.put(extract(row("A")))
    assert ingest_file(guarded.home, path, accept="just in case").accepted == ""
    assert guarded.rows("select count(*) from accepted") == [(0,)]


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_acceptance_without_a_reason_is_refused(guarded: Desk, reason: str) -> None:
    with pytest.raises(InputError, match="--accept: the reason is blank"):
        ingest_file(guarded.home, guarded.put(extract(row("A"))), accept=reason)


def test_the_profile_of_a_batch_and_the_word_of_great_expectations_are_kept(guarded: Desk) -> None:
    send(guarded, 1)
    ((profile, validation),) = guarded.rows("select profile, validation from door_profiles")
    kept = json.loads(profile)
    assert (kept["rows"], kept["sampled"], kept["columns"]["value_usd"]["median"]) == (ROWS, ROWS, 100.0)
    assert kept["values"] == {"destination": ["PK"], "eccn": ["3A999"]}
    said = json.loads(validation)
    assert said["suite"] == "door-line"
    assert all(one["type"] == "expect_column_pair_values_a_to_be_greater_than_b" for one in said["results"])


def test_the_same_extract_has_the_same_profile_whatever_the_order_of_its_rows(tmp_path: Path) -> None:
    from tests.support.desk import make_desk

    rows = [row(f"S{number}", value_usd=str(number + 1)) for number in range(500)]
    profiles = []
    for name, content in (("one", extract(*rows)), ("two", extract(*reversed(rows)))):
        (tmp_path / name).mkdir()
        desk = make_desk(tmp_path / name)
        desk.take(content, known_from=DAY)
        profiles += desk.rows("select profile from door_profiles")
    assert profiles[0] == profiles[1]

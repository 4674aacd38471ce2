"""The door: what it measures of a batch, where it stops, and how its checks and limits are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import SHIPPED
from tests.conftest import Desk, extract, row
from transforms.errors import DoorStopped, InputError
from transforms.ingest.door import check_at_door, read_checks, widen

SHIPPED_CHECKS = read_checks(SHIPPED / "data" / "door.yml")
GOOD = {check.measure: check.min if check.min is not None else 0.0 for check in SHIPPED_CHECKS} | {"rows_to_usual": 1.0}


def test_a_batch_within_every_limit_passes_every_check() -> None:
    results = check_at_door(GOOD, SHIPPED_CHECKS)
    assert [result.name for result in results] == [check.name for check in SHIPPED_CHECKS]
    assert [result.name for result in results if not result.success] == []


@pytest.mark.parametrize("check", SHIPPED_CHECKS, ids=lambda check: str(check.name))
def test_a_check_holds_at_its_limit_and_fails_just_beyond(check) -> None:
    limit, beyond = (check.min, -0.001) if check.min is not None else (check.max, 0.001)
    at, over = ({check.measure: value} for value in (limit, limit + beyond))
    assert check_at_door(at, [check])[0].success
    assert not check_at_door(over, [check])[0].success


def test_what_cannot_be_measured_yet_is_taken() -> None:
    (result,) = check_at_door({"rows_to_usual": None}, [one for one in SHIPPED_CHECKS if one.name == "rows_far_more"])
    assert (result.success, result.observed) == (True, None)


def test_a_layout_widens_a_check_by_name() -> None:
    (check,) = (one for one in widen(SHIPPED_CHECKS, {"keys_unique": "0.5"}, "acme") if one.name == "keys_unique")
    assert (check.max, check.level) == (0.5, "stop")


@pytest.mark.parametrize(
    ("own", "said"),
    [({"keys": "1"}, "layout acme: door.keys is no check"), ({"rows": "many"}, "door.rows: 'many' is no number")],
)
def test_a_limit_that_cannot_be_meant_is_told(own: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        widen(SHIPPED_CHECKS, own, "acme")


@pytest.mark.parametrize(
    "text",
    [
        "- {name: a, measure: rows_in, level: halt, meaning: x}",
        "- {name: a, measure: rows_in, level: stop}",
        "- [",
        "a: b",
    ],
)
def test_a_faulty_file_of_checks_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "door.yml"
    path.write_text(text)
    with pytest.raises(InputError, match=r"door\.yml"):
        read_checks(path)


def test_a_check_of_something_that_is_not_measured_is_told(desk: Desk) -> None:
    (desk.home.root / "door.yml").write_text("- {name: a, measure: weight, min: '1', level: stop, meaning: x}\n")
    with pytest.raises(InputError, match="weight"):
        desk.take(extract(row("A")))


def test_the_door_stops_a_batch_far_smaller_than_usual_from_the_fifth_on(guarded: Desk) -> None:
    for day in range(4):
        guarded.take(extract(*(row(f"D{day}-{number}") for number in range(100))))
    with pytest.raises(DoorStopped, match="rows_against_history"):
        guarded.take(extract(row("E")))
    assert guarded.rows("select count(*) from batches") == [(4,)]


def test_an_export_after_today_is_loaded_with_a_warning(guarded: Desk) -> None:
    done = guarded.take(extract(row("A", export_on="2098-01-01"), row("B")))
    assert [(one["name"], one["observed"]) for one in done.door if not one["success"]] == [("dates_not_ahead", 0.5)]
    assert done.loaded == 2


def test_a_layouts_own_limit_lets_a_batch_in(guarded: Desk) -> None:
    content = "Ref,Item,Day\n" + "A,1,2025-02-03\n" + "B,1,soon\n"
    layout = "id: own\ntitle: Own\ncolumns: {shipment_id: Ref, line_number: Item, export_on: Day}\n"
    guarded.add_layout("own", layout)
    with pytest.raises(DoorStopped, match="set the layout's own limit"):
        guarded.take(content)
    guarded.add_layout("own", layout + 'door: {rows_readable: "0.6", dates_readable: "0.6"}\n')
    assert guarded.take(content).loaded == 1

"""The door: where it stops, and how its checks and limits are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import SHIPPED
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from transforms.errors import DoorStopped, InputError
from transforms.ingest.door.checks import COLUMN, generate, read_checks, widen
from transforms.ingest.door.suite import check_at_door

SHIPPED_CHECKS = read_checks(SHIPPED / "data" / "door.yml")
LIMITS = [
    (check, limit, beyond)
    for check in SHIPPED_CHECKS
    for limit, beyond in ((check.min, -0.001), (check.max, 0.001))
    if limit is not None
]


def measured(measure: str, value: float | None) -> dict[str, dict[str, float | None]]:
    """Return the measure as taken of the whole batch, or of one column where its checks are written so."""
    of_columns = any(check.measure == measure and COLUMN in check.name for check in SHIPPED_CHECKS)
    return {measure: {"eccn" if of_columns else "": value}}


@pytest.mark.parametrize(("check", "limit", "beyond"), LIMITS, ids=[str(one[0].name) for one in LIMITS])
def test_a_check_holds_at_its_limit_and_fails_just_beyond(check, limit, beyond) -> None:
    at, over = measured(check.measure, limit), measured(check.measure, limit + beyond)
    assert check_at_door(at, [check]).results[0].success
    assert not check_at_door(over, [check]).results[0].success


def test_what_cannot_be_measured_yet_is_taken() -> None:
    checks = [one for one in SHIPPED_CHECKS if one.name == "rows_far_more"]
    (result,) = check_at_door(measured("rows_to_most", None), checks).results
    assert (result.success, result.observed) == (True, None)


def test_a_check_of_columns_says_which_of_them_failed() -> None:
    checks = [one for one in SHIPPED_CHECKS if one.measure == "lost_share"]
    checked = check_at_door({"lost_share": {"eccn": 1.0, "uom": 0.5, "itn": 0.0, "conveyance": None}}, checks)
    assert {one.name for one in checked.results if not one.success} == {
        "emptied_eccn",
        "filled_less_eccn",
        "filled_less_uom",
    }
    assert not [one.name for one in checked.results if "conveyance" in one.name]


def test_a_layout_widens_the_check_of_one_column_and_of_all_others() -> None:
    checks = [one for one in SHIPPED_CHECKS if one.name == "emptied_{column}"]
    measures = {"lost_share": dict.fromkeys(("eccn", "uom"), 1.0)}
    own = {"emptied_{column}": "0.95", "emptied_eccn": "1"}
    found = {one.name: one.max for one in widen(generate(checks, measures), own, "acme", checks)}
    assert found == {"emptied_eccn": 1.0, "emptied_uom": 0.95}
    results = check_at_door(measures, checks, own, "acme").results
    assert {one.name: one.success for one in results} == {"emptied_eccn": True, "emptied_uom": False}


def test_a_layout_widens_a_check_by_name() -> None:
    checks = [one for one in SHIPPED_CHECKS if one.name == "keys_unique"]
    (check,) = widen(checks, {"keys_unique": "0.5"}, "acme", checks)
    assert (check.max, check.level) == (0.5, "stop")


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"keys": "1"}, "layout acme: door.keys is not a check"),
        ({"emptied_ecn": "1"}, r"door.emptied_ecn is not a check of its columns .*emptied_\{column\}"),
        ({"rows": "many"}, "door.rows: 'many' is not a number"),
    ],
)
def test_a_limit_that_cannot_be_meant_is_told(own: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        widen(SHIPPED_CHECKS, own, "acme", SHIPPED_CHECKS)


@pytest.mark.parametrize(
    "text",
    [
        "- {name: a, measure: rows_in, level: halt, min: '1', meaning: x}",
        "- {name: a, measure: rows_in, level: stop, min: '1'}",
        "- {name: a, measure: rows_in, level: stop, meaning: a check without a limit}",
        "- {name: a, measure: rows_in, level: stop, min: '1', meaning: x}\n"
        "- {name: a, measure: rows_in, level: warn, min: '2', meaning: y}",
        "- [",
        "a: b",
    ],
)
def test_a_faulty_file_of_checks_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "door.yml"
    path.write_text(text)
    with pytest.raises(InputError, match=r"door\.yml"):
        read_checks(path)


@pytest.mark.parametrize(
    ("name", "measure", "said"),
    [
        ("a", "weight", "'weight' is not measured"),
        ("a", "lost_share", r"measured of each column; write \{column\} in its name"),
        ("a_{column}", "rows_in", r"measured of the whole batch; leave \{column\} out of its name"),
    ],
)
def test_a_check_of_something_that_is_not_measured_so_is_told(desk: Desk, name: str, measure: str, said: str) -> None:
    text = f"- {{name: '{name}', measure: {measure}, min: '1', level: stop, meaning: x}}\n"
    (desk.home.root / "door.yml").write_text(text)
    with pytest.raises(InputError, match=said):
        desk.take(extract(row("A")))


def test_the_door_stops_a_batch_far_smaller_than_usual_from_the_fifth_on(guarded: Desk) -> None:
    for day in range(4):
        guarded.take(extract(*(row(f"D{day}-{number}") for number in range(100))))
    with pytest.raises(DoorStopped, match="rows_against_history"):
        guarded.take(extract(row("E")))
    assert guarded.rows("select count(*) from batches") == [(4,)]


def test_days_of_few_rows_are_usual_where_there_were_some(guarded: Desk) -> None:
    for day, rows in enumerate((2, 100, 100, 100)):
        guarded.take(extract(*(row(f"D{day}-{number}") for number in range(rows))))
    assert guarded.take(extract(row("E"))).loaded == 1


def test_an_export_after_the_day_of_arrival_is_loaded_with_a_warning(guarded: Desk) -> None:
    done = guarded.take(extract(row("A", export_on="2098-01-01"), row("B")))
    failed = {one["name"]: one["observed"] for one in done.door if not one["success"]}
    assert failed["dates_not_ahead"] == 0.5
    assert done.loaded == 2


def test_a_layouts_own_limit_lets_a_batch_in(guarded: Desk) -> None:
    content = "Ref,Item,Day\n" + "A,1,2025-02-03\n" + "B,1,soon\n"
    layout = "id: own\ntitle: Own\ncolumns: {shipment_id: Ref, line_number: Item, export_on: Day}\n"
    guarded.add_layout("own", layout)
    with pytest.raises(DoorStopped, match="set a limit in the layout"):
        guarded.take(content)
    guarded.add_layout("own", layout + 'door: {rows_readable: "0.6", dates_readable: "0.6"}\n')
    assert guarded.take(content).loaded == 1

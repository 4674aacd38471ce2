"""An item master is loaded like any extract: every record kept, restated, a duplicate, or set aside with its reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.support.desk import Desk, make_desk
from transforms.errors import InputError
from transforms.kinds import ITEMS

HEADINGS = "part_number,eccn,valid_from,valid_until,detectors,spectral,schedule_b"


def master(*rows: str) -> str:
    """Return an extract of the layout `items`."""
    return "".join(one + "\n" for one in (HEADINGS, *rows))


def counts(done: Any) -> tuple[int, ...]:
    """Return rows in, loaded, duplicates, restated, quarantined."""
    return done.rows_in, done.loaded, done.duplicates, done.restated, done.quarantined


def test_the_columns_are_those_of_the_table_in_its_order(desk: Desk) -> None:
    desk.take(master("P,,,,,,"))
    names = tuple(name for name, *_ in desk.rows("describe items"))
    assert names[1 : len(ITEMS.names) + 1] == ITEMS.names


def test_an_item_master_is_loaded_as_items_and_as_nothing_else(desk: Desk) -> None:
    done = desk.take(master("CY-26,3a 069.a,2025-01-16,,26,yes,9027.50 4015"))
    assert (done.kind, done.layout, counts(done)) == ("items", "items", (1, 1, 0, 0, 0))
    columns = "part_number, eccn, valid_from, valid_until, detectors, spectral, fda_device, schedule_b"
    assert desk.rows(f"select {columns} from items") == [
        ("CY-26", "3A069.a", date(2025, 1, 16), None, 26, "Y", None, "9027504015")
    ]
    assert desk.rows("select (select count(*) from lines), (select count(*) from situations)") == [(0, 0)]
    assert desk.rows("select kind, rows_in from batches") == [("items", 1)]


def test_a_part_may_stand_in_several_periods_that_overlap(desk: Desk) -> None:
    assert desk.take(master("P,3A999,,2025-12-31,,,", "P,3A069.a,2025-01-16,,,,")).loaded == 2


def test_a_changed_record_is_restated_and_an_equal_one_is_a_duplicate(desk: Desk) -> None:
    first, second = datetime(2026, 1, 1), datetime(2026, 2, 1)
    desk.take(master("P,3A999,,,,,", "Q,EAR99,2025-01-01,,,,"), known_from=first)
    done = desk.take(master("P,3A069.a,,,,,", "Q,EAR99,2025-01-01,,,,", "R,,,,,,"), known_from=second)
    assert counts(done) == (3, 1, 1, 1, 0)
    assert desk.rows("select eccn, known_from, known_until from items where part_number = 'P' order by 2") == [
        ("3A999", first, second), ("3A069.a", second, None),
    ]  # fmt: skip
    again = desk.take(master("P,3A999,,,,,", "Q,EAR99,2025-01-01,,,,"), known_from=second)
    assert (again.is_known, again.outdated) == (True, 1)


def test_equal_rows_are_duplicates_and_rows_that_differ_are_set_aside_under_their_numbers(desk: Desk) -> None:
    rows = ["P,,,,,,", "Q,,,,1,,", "P,,,,,,", "short", "Q,,,,2,,", "Q,,2025-01-01,,2,,"]
    assert counts(desk.take(master(*rows))) == (6, 2, 1, 0, 3)
    aside = desk.rows("select row_number, problems[1].recorded, problems[1].reason from quarantine order by 1")
    assert [(number, recorded) for number, recorded, _ in aside] == [
        (2, "Q without valid_from"), (4, ""), (5, "Q without valid_from"),
    ]  # fmt: skip
    assert aside[0][2].startswith("two different rows for this item record")


FAULTS = {
    ",EAR99,,,,,": ("part_number", "missing: each item record needs part_number"),
    "P,,soon,,,,": ("valid_from", "not a date from 1980 to 2099 in the formats %Y-%m-%d"),
    "P,,,1979-12-31,,,": ("valid_until", "not a date"),
    "P,,2025-01-16,2025-01-15,,,": ("valid_until", "before valid_from"),
    "P,,,,many,,": ("detectors", "not a whole number"),
    "P,,,,,maybe,": ("spectral", "not allowed; allowed: Y, N, yes, no"),
    "P,#N/A,,,,,": ("eccn", "the formula in the cell failed"),
    "P,#VALUE!,,,,,": ("eccn", "the formula in the cell failed"),
    "P,,,,,,#REF!": ("schedule_b", "the formula in the cell failed"),
}


def test_a_record_that_cannot_be_read_is_set_aside_with_its_reason(desk: Desk) -> None:
    done = desk.take(master(*FAULTS))
    assert counts(done) == (len(FAULTS), 0, 0, 0, len(FAULTS))
    for (problems,), (column, reason) in zip(
        desk.rows("select problems from quarantine order by row_number"), FAULTS.values(), strict=True
    ):
        assert [(one["column_name"], reason in one["reason"]) for one in problems] == [(column, True)]


@pytest.mark.parametrize("flag", ["spectral", "top_down_proteomics", "fda_device"])
def test_a_flag_is_folded_and_empty_is_not_unknown(tmp_path: Any, flag: str) -> None:
    texts = {"Y": "Y", "yes": "Y", "TRUE": "Y", "1": "Y", "n": "N", "No": "N", "false": "N", "0": "N", "": ""}
    desk = make_desk(tmp_path)
    desk.take(f"part_number,{flag}\n" + "".join(f"{text}.,{text}\n" for text in texts))
    assert dict(desk.rows(f"select part_number, {flag} from items")) == {f"{k}.": v for k, v in texts.items()}
    other = "fda_device" if flag == "spectral" else "spectral"
    assert desk.rows(f"select distinct {other} from items") == [(None,)]


def test_the_door_speaks_of_the_parts_of_an_item_master(guarded: Desk) -> None:
    with pytest.raises(InputError, match="keys_present"):
        guarded.take(master("P,,,,,,", ",3A999,,,,,"))
    done = guarded.take(master("P,,2098-01-01,,,,"))
    assert [one for one in done.door if not one["success"]] == []


def test_one_source_may_have_lines_and_items_apart(guarded: Desk) -> None:
    guarded.add_layout("sap", "id: sap\ntitle: SAP\nsource: line\nkind: items\ncolumns: {part_number: Material}\n")
    text = "shipment_id,line_number,export_on\n"
    for day in range(4):
        guarded.take(text + "".join(f"D{day}-{number},1,2025-02-03\n" for number in range(100)))
    assert guarded.take("Material\nP\n").loaded == 1
    assert guarded.rows("select source from items") == [("line",)]

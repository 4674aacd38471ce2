"""The facts of an item are read in the words of the rulebook, apply in the days of their record, and are explained."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.jobs.screen import Screened, screen_home
from flows.settings import RULES, Home
from tests.support.desk import Desk
from tests.support.lines import LINE, MONDAY, TUESDAY, ingest
from tests.support.old_home import unpack
from tests.support.old_homes import question, take_over
from tests.support.parquet import rows_of
from tests.support.shipped import shipped_law, shipped_rulebook
from transforms.rulebook.item_facts import item_fact_forms, read_item_facts
from transforms.screening.explain import explain, find_line
from transforms.store import open_store

DAY = date(2026, 11, 20)
RECORDED = {
    "serves 3A001": "serves 3A001",
    " Serves 3a001.B.2 ;  MISSILE   range|serves 3A001.b.2": "missile range; serves 3A001.b.2",
    "for mt items of usml xv(e) ;": "for MT items of USML XV(e)",
    "not missile range; does not meet 9A120": "does not meet 9A120; not missile range",
    "meets EAR99": "meets EAR99",
    ";": "",
    "": "",
}
"""What is written in a cell, and what is kept of it; blank: nothing."""
UNKNOWN = [
    "rocket", "serves", "serves 3A01", "serves 3e 001", "missile range 3A001", "serves 3A001, 3A002",
    "missile range; rocket",
]  # fmt: skip
AT_ODDS = ["missile range; not missile range", "serves 3A001; does not serve 3A001"]
TECHNOLOGY = LINE | {"eccn": "3E001", "destination": "DE", "consignee_country": "DE", "license_code": "C33",
                     "license_number": "NLR", "value_usd": "100"}  # fmt: skip
ITEM = {"part_number": LINE["part_number"], "valid_from": "2025-03-03", "valid_until": ""}


def take(desk: Desk, *cells: str) -> Any:
    rows = "".join(f'P{number},"{cell}"\n' for number, cell in enumerate(cells))
    return desk.take(f"part_number,item_facts\n{rows}")


def test_facts_are_kept_in_the_words_of_the_rulebook_each_once_and_in_order(desk: Desk) -> None:
    assert take(desk, *RECORDED).quarantined == 0
    assert [kept for (kept,) in desk.rows("select item_facts from items order by part_number")] == [*RECORDED.values()]


@pytest.mark.parametrize(("cells", "code"), [(UNKNOWN, "unknown-fact"), (AT_ODDS, "facts-at-odds")])
def test_what_is_no_fact_and_what_denies_itself_is_set_aside(desk: Desk, cells: list[str], code: str) -> None:
    done = take(desk, "serves 3A001", *cells)
    assert (done.loaded, done.quarantined) == (1, len(cells))
    first = "problems[1].column_name, problems[1].code, problems[1].recorded"
    told = desk.rows(f"select {first} from quarantine order by row_number")
    assert told == [("item_facts", code, cell) for cell in cells]


def test_a_source_without_the_column_does_not_tell_and_a_changed_fact_restates_the_record(desk: Desk) -> None:
    desk.take("part_number,eccn\nP0,3E001\n", "before.csv")
    assert desk.rows("select item_facts from items") == [(None,)]
    assert desk.take("part_number,eccn,item_facts\nP0,3E001,serves 3A001\n", "after.csv").restated == 1


def test_the_forms_of_facts_are_told_apart_whatever_their_case() -> None:
    facts = read_item_facts(RULES / "tables")
    row = item_fact_forms(facts)
    forms = [*row["forms"], *row["taking_forms"]]  # type: ignore[misc]
    assert len(set(forms)) == len(forms) == 2 * len(facts)
    assert all(one.meaning for one in facts.values())
    assert read_item_facts(RULES) == {}


def test_rows_that_ask_for_facts_ask_for_known_ones_and_the_others_say_why_not() -> None:
    controls = shipped_rulebook().ccl.controls
    asked = [one for one in controls if one.scope in ("conditional", "conditional-except", "derived")]
    assert Counter(bool(one.settled_by) for one in asked) == {True: 275, False: 66}
    assert all(one.fact for one in asked)


def outcomes(screened: Screened) -> dict[str, str]:
    """Outcome under `ccl-ns`, by shipment; what is not there is clear."""
    rows = rows_of(screened.report / "findings.parquet", "shipment_id, rule_id, outcome")
    return {shipment: outcome for shipment, rule, outcome in rows if rule == "ccl-ns"}


def test_a_fact_applies_in_the_days_of_its_record_and_as_known_at_the_moment(home: Home) -> None:
    ingest(home, "lines", MONDAY, TECHNOLOGY, TECHNOLOGY | {"shipment_id": "S2", "export_on": "2025-03-02"})
    assert outcomes(screen_home(home, DAY)) == {"S1": "undetermined", "S2": "undetermined"}
    ingest(home, "items", TUESDAY, ITEM | {"item_facts": "serves 3A001"})
    assert outcomes(screen_home(home, DAY)) == {"S1": "flagged", "S2": "undetermined"}
    assert outcomes(screen_home(home, DAY, MONDAY)) == {"S1": "undetermined", "S2": "undetermined"}
    ingest(home, "corrected", TUESDAY, ITEM | {"item_facts": "serves 3A991"})
    assert outcomes(screen_home(home, DAY)) == {"S2": "undetermined"}


def test_item_records_that_differ_settle_nothing(home: Home) -> None:
    ingest(home, "lines", MONDAY, TECHNOLOGY)
    other = ITEM | {"valid_from": "", "item_facts": "serves 3A991"}
    ingest(home, "items", MONDAY, ITEM | {"item_facts": "serves 3A001"}, other)
    assert outcomes(screen_home(home, DAY)) == {"S1": "undetermined"}


def test_explain_names_what_to_record_and_what_the_item_master_says(home: Home) -> None:
    law = shipped_law()
    ingest(home, "lines", MONDAY, TECHNOLOGY)
    assert explained(home, law, "ccl-ns") == (
        "undetermined", ["item_facts"],
        "not recorded in the item master; record in item_facts what is true, or its opposite: serves 3A001, 3A002,"
        " 3A003, 3B001, ...",
    )  # fmt: skip
    ingest(home, "items", TUESDAY, ITEM | {"item_facts": "serves 3A001"})
    told = "the item master says: serves 3A001; this row covers the item"
    assert explained(home, law, "ccl-ns") == ("flagged", [], told)
    ingest(home, "corrected", TUESDAY, ITEM | {"item_facts": "serves 3A991"})
    told = "the item master says: serves 3A991; this row does not cover the item"
    assert explained(home, law, "ccl-ns") == ("out of scope", [], told)


def explained(home: Home, law: Any, rule: str) -> tuple[str, list[str], str]:
    with open_store(home.database, read_only=True) as connection:
        told = explain(connection, law, find_line(connection, "S1", 1, None), rule)["determinations"]
    ((one, step),) = [(one, step) for one in told for step in one["steps"] if step["step"] == "item facts"]
    return one["outcome"], one["missing"], step["found"]


def test_a_home_of_schema_10_has_item_records_without_facts_and_takes_them_in(tmp_path: Path) -> None:
    old = unpack("schema-10", tmp_path / "old")
    with duckdb.connect(str(old.database), read_only=True) as connection:
        before = connection.execute("select * exclude (identity_hash, row_hash) from items order by all").fetchall()
    home = take_over(old)
    kept = question(home, "select * exclude (item_facts, identity_hash, row_hash) from items order by all")
    assert kept == before != []
    assert question(home, "select distinct item_facts from items") == [(None,)]
    assert Desk(home).take("part_number,item_facts\nNEW-1,serves 3A001\n").loaded == 1

"""Filings held against shipment lines: what is matched by what, what is summed, and what is known when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb
import pytest

from flows.settings import RULES
from transforms.reconcile.cases import ReconcileResult, run_reconcile_cases
from transforms.reconcile.differences import find_differences
from transforms.reconcile.match import SQL, match_filings
from transforms.reconcile.read import read_reconcile_rules
from transforms.reconcile.rules import COMPARISONS
from transforms.sql import read_sql
from transforms.store import SCHEMA

NOW = datetime(2026, 11, 22)
ITN, OTHER = "X20250301000001", "X20250301000002"
LINE: dict[str, Any] = {
    "source": "erp", "shipment_id": "S-1", "line_number": 1, "export_on": "2025-03-03", "activity": "export",
    "form": "tangible", "usppi_id": "123456789", "destination": "DE", "eccn": "EAR99", "schedule_b": "9027509000",
    "origin_df": "D", "value_usd": "100", "itn": ITN, "invoice_number": "I-1", "situation_key": 7,
    "known_from": "2026-01-01",
}  # fmt: skip
FILING: dict[str, Any] = {
    "source": "aes", "itn": ITN, "shipment_reference": "S-1", "line_number": 1, "status": "accepted",
    "export_on": "2025-03-03", "filer_id": "123456789", "usppi_id": "123456789", "destination": "DE", "eccn": "EAR99",
    "schedule_b": "9027509000", "origin_df": "D", "value_usd": "100", "invoice_number": "I-1",
    "known_from": "2026-01-01",
}  # fmt: skip


@dataclass(frozen=True)
class Run:
    run_id: str = "run"
    as_of: date = date(2026, 11, 22)
    known_at: datetime | None = None
    known_until: datetime = NOW
    rulebook_hash: str = "hash"


@pytest.fixture
def store() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(read_sql(SCHEMA))
        connection.execute("create temp table subjects as select 7::ubigint as situation_key, 'seven' as situation_id")
        connection.execute("create temp view placed_lines as select rowid as line_row, * from lines")
        connection.execute("create temp table findings as " + read_sql(SQL / "no_findings.sql"))
        yield connection


def put(store: duckdb.DuckDBPyConnection, table: str, *rows: dict[str, Any]) -> None:
    usual = LINE if table == "lines" else FILING
    for row in rows:
        store.execute(f"insert into {table} by name select unnest($row)", {"row": usual | row})


def pairs(store: duckdb.DuckDBPyConnection, known_until: datetime = NOW) -> list[tuple[Any, ...]]:
    """(line_row, filing_row, matched_by) of every match."""
    match_filings(store, known_until)
    return store.execute("select line_row, filing_row, matched_by from filing_matches order by all").fetchall()


def states(store: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return store.execute("select line_row, aes_state from aes_states order by all").fetchall()


def found(store: duckdb.DuckDBPyConnection, known_until: datetime = NOW) -> dict[tuple[str, int, str], str]:
    """What is said, by shipment, line and rule."""
    rules, faults = read_reconcile_rules(RULES)
    assert not faults
    match_filings(store, known_until)
    find_differences(store, Run(known_until=known_until), rules)
    rows = store.execute("select shipment_id, line_number, rule_id, because from findings").fetchall()
    said = {(shipment, line, rule): because for shipment, line, rule, because in rows}
    assert len(said) == len(rows), "each line and rule at most once"
    return said


@pytest.fixture(scope="module")
def results() -> list[ReconcileResult]:
    return run_reconcile_cases(RULES)


def test_every_example_holds(results: list[ReconcileResult]) -> None:
    failed = [f"{one.rule_id}: {one.case.case}: {one.failures}" for one in results if one.failures]
    assert not failed


def test_every_comparison_has_a_rule_and_examples_of_both_sides_of_it(results: list[ReconcileResult]) -> None:
    rules, _ = read_reconcile_rules(RULES)
    assert {rule.id for rule in rules} == set(COMPARISONS)
    for rule_id in COMPARISONS:
        outcomes = {one.outcome for one in results if one.rule_id == rule_id}
        assert "clear" in outcomes and len(outcomes) > 1, rule_id


def test_the_itn_goes_before_the_reference_and_the_reference_before_the_invoice(store) -> None:
    put(store, "lines", {"shipment_id": "S-9"}, {"shipment_id": "S-2", "itn": ""}, {"shipment_id": "S-3", "itn": ""})
    put(
        store,
        "filings",
        {"itn": "X20250301000003", "shipment_reference": "A"},
        {"itn": OTHER, "shipment_reference": "s2"},
        {"itn": ITN, "shipment_reference": "B"},
    )
    assert pairs(store) == [(0, 2, "ITN"), (1, 1, "shipment reference"), (2, 0, "invoice number")]


def test_within_an_itn_the_schedule_b_number_tells_lines_apart(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "schedule_b": "9027306000"})
    put(store, "filings", {"schedule_b": "9027.30.6000"}, {"line_number": 2})
    assert pairs(store) == [(0, 1, "ITN"), (1, 0, "ITN")]


def test_then_the_origin(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "origin_df": "F"})
    put(store, "filings", {"origin_df": "F"}, {"line_number": 2})
    assert pairs(store) == [(0, 1, "ITN"), (1, 0, "ITN")]


@pytest.mark.parametrize(
    ("lines", "filings"),
    [
        pytest.param(({"value_usd": "100.2"}, {"value_usd": "200"}), ({"value_usd": "200"}, {}), id="value"),
        pytest.param(({"eccn": "3A999.f"}, {}), ({"value_usd": "9"}, {"eccn": "3A999"}), id="eccn"),
    ],
)
def test_then_what_else_is_found_again(store, lines, filings) -> None:
    put(store, "lines", *({"line_number": at} | line for at, line in enumerate(lines, 1)))
    put(store, "filings", *({"line_number": at} | filing for at, filing in enumerate(filings, 1)))
    assert pairs(store) == [(0, 1, "ITN"), (1, 0, "ITN")]


def test_then_the_line_number_and_only_the_line_that_differs_is_told(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "value_usd": "200"}, {"line_number": 3, "value_usd": "300"})
    put(store, "filings", {"line_number": 3, "value_usd": "400"}, {}, {"line_number": 2, "value_usd": "200"})
    assert list(found(store)) == [("S-1", 3, "value-differs")]


def test_what_is_left_on_both_sides_is_each_others(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "schedule_b": "9027306000"})
    put(store, "filings", {}, {"line_number": 2, "schedule_b": "9027208030"})
    assert list(found(store)) == [("S-1", 2, "schedule-b-differs")]


def test_several_lines_are_one_filing_line_and_their_sum_is_compared(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "value_usd": "250"}, {"line_number": 3, "value_usd": "150.4"})
    put(store, "filings", {"value_usd": "500"})
    assert found(store) == {}
    store.execute("update filings set value_usd = 400")
    assert found(store) == {
        (
            "S-1",
            1,
            "value-differs",
        ): "The shipment record says 500.40 USD in lines 1, 2, 3 together, AES holds 400.00 USD"
        f" under {ITN} line 1 (matched by ITN)."
    }


def test_one_line_is_several_filing_lines(store) -> None:
    put(store, "lines", {"value_usd": "500", "license_code": "C33"})
    put(store, "filings", {"value_usd": "250"}, {"line_number": 2, "value_usd": "250", "license_code": "C33"})
    assert found(store) == {}


def test_sums_are_compared_where_numbers_of_lines_differ(store) -> None:
    put(store, "lines", {}, {"line_number": 2}, {"line_number": 3})
    put(store, "filings", {"value_usd": "120"}, {"line_number": 2, "value_usd": "180"})
    assert found(store) == {}
    store.execute("update filings set value_usd = 80 where line_number = 2")
    assert list(found(store)) == [("S-1", 1, "value-differs")]


def test_a_sum_with_a_value_not_known_is_undetermined_once(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "value_usd": None})
    put(store, "filings", {"value_usd": "500"})
    assert list(found(store)) == [("S-1", 1, "value-differs")]
    assert store.execute("select outcome, missing from findings").fetchall() == [("undetermined", ["value_usd"])]


def test_the_records_of_two_sources_are_not_summed(store) -> None:
    put(store, "lines", {}, {"source": "forwarder"}, {"source": "third", "itn": ""})
    put(store, "filings", {})
    assert pairs(store) == [(0, 0, "ITN"), (1, 0, "ITN"), (2, 0, "shipment reference")]
    assert found(store) == {}


def test_a_filing_that_came_by_two_reports_counts_once(store) -> None:
    put(store, "lines", {})
    put(store, "filings", {}, {"source": "aes-203", "known_from": "2026-02-01", "value_usd": "100.5"})
    assert pairs(store) == [(0, 1, "ITN")]
    assert found(store) == {}


def test_a_line_beyond_those_of_its_itn_is_told_unless_low_value(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "schedule_b": "9027306000", "value_usd": "2500"})
    put(store, "filings", {})
    assert found(store) == {}
    store.execute("update lines set value_usd = 2501 where line_number = 2")
    assert list(found(store)) == [("S-1", 2, "shipped-not-filed")]


def test_states_of_itns(store) -> None:
    put(store, "lines", {}, {"shipment_id": "S-2", "itn": OTHER}, {"shipment_id": "S-3", "itn": "X20250301000003"})
    put(
        store,
        "lines",
        {"shipment_id": "S-4", "itn": "X123"},
        {"shipment_id": "S-5", "itn": "X20250301000005", "export_on": "2025-03-04"},
    )
    put(store, "filings", {}, {"itn": OTHER, "shipment_reference": "S-2", "status": "cancelled"})
    pairs(store)
    assert states(store) == [(1, "cancelled"), (2, "not held")]


def test_a_live_filing_under_the_reference_stands_in_for_a_cancelled_one(store) -> None:
    put(store, "lines", {})
    put(store, "filings", {"status": "cancelled"}, {"itn": OTHER})
    assert pairs(store) == [(0, 1, "shipment reference")]
    assert states(store) == []  # it was filed, under another ITN
    assert list(found(store)) == [("S-1", 1, "itn-differs")]


def test_without_filings_nothing_is_matched_or_said(store) -> None:
    put(store, "lines", {})
    assert pairs(store) == []
    assert states(store) == []
    assert found(store) == {}


def test_lines_and_filings_are_taken_as_known_then(store) -> None:
    put(store, "lines", {"known_until": "2026-03-01"}, {"known_from": "2026-03-01", "value_usd": "900"})
    put(store, "filings", {"known_from": "2026-02-01", "known_until": "2026-04-01"})
    put(store, "filings", {"known_from": "2026-04-01", "value_usd": "900"})
    assert pairs(store, datetime(2026, 1, 15)) == []
    assert pairs(store, datetime(2026, 2, 1)) == [(0, 0, "ITN")]
    assert pairs(store, datetime(2026, 3, 1)) == [(1, 0, "ITN")]
    assert list(found(store, datetime(2026, 3, 1))) == [("S-1", 1, "value-differs")]
    assert pairs(store) == [(1, 1, "ITN")]


def test_a_finding_has_the_columns_of_all_findings_in_their_order(store) -> None:
    put(store, "lines", {"value_usd": "101"}, {"shipment_id": "S-0", "itn": OTHER})
    put(
        store,
        "filings",
        {"value_usd": "900", "destination": "AT"},
        {"itn": "X20250301000009", "shipment_reference": "", "invoice_number": ""},
    )
    store.execute(
        "insert into findings by name select 'a-rule' as rule_id, 'erp' as source, 'Z' as shipment_id, 1 as line_number"
    )
    before = store.execute("describe findings").fetchall()
    found(store)
    assert store.execute("describe findings").fetchall() == before
    rows = store.execute("select rule_id, source, shipment_id, line_number from findings").fetchall()
    assert rows == sorted(rows) and len(rows) == 5
    told = store.execute(
        "select finding_id = md5(to_json([source, shipment_id, line_number::varchar, rule_id])::varchar), situation_id,"
        " state, rule_kind from findings where rule_id in ('value-differs', 'filed-not-shipped') order by rule_id"
    ).fetchall()
    assert told == [(True, None, "new", "reconcile"), (True, "seven", "new", "reconcile")]


def test_every_fault_of_the_room_is_told_at_once(tmp_path) -> None:
    folder = tmp_path / "rules" / "reconcile" / "value-differs"
    folder.mkdir(parents=True)
    (folder / "rule.yml").write_text(
        "id: value-difers\ntitle: T\nkind: check\nfrom: 2025-13-01\nauthority: []\nremedy: R\ntolerance: {usd: much}\n"
    )
    (folder / "cases.yml").write_text(
        "cases:\n  - {case: C, line: {valu_usd: '1'}, filing: {value_usd: x}, expect: wrong}\n"
    )
    (folder.parent / "stray.yml").write_text("")
    rules, faults = read_reconcile_rules(tmp_path / "rules")
    assert rules == ()
    assert [(fault.file.removeprefix("rules/reconcile/"), fault.key) for fault in faults] == [
        ("stray.yml", ""),
        ("value-differs/cases.yml", "cases[0].expect"),
        ("value-differs/cases.yml", "cases[0].filing.value_usd"),
        ("value-differs/cases.yml", "cases[0].line.export_on"),
        ("value-differs/cases.yml", "cases[0].line.valu_usd"),
        ("value-differs/rule.yml", "authority"),
        ("value-differs/rule.yml", "from"),
        ("value-differs/rule.yml", "id"),
        ("value-differs/rule.yml", "id"),
        ("value-differs/rule.yml", "kind"),
        ("value-differs/rule.yml", "severity"),
        ("value-differs/rule.yml", "tolerance.percent"),
        ("value-differs/rule.yml", "tolerance.usd"),
    ]

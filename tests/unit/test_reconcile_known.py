"""What AES holds of an ITN, as it was known at a moment, and the findings that come of it."""

from __future__ import annotations

from datetime import datetime

from tests.support.reconciling import NOW, OTHER, found, pairs, put, states
from transforms.pipeline import give
from transforms.screening.screen import SCREENING


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
    give(store, "found", [{"rule_id": "a-rule", "source": "erp", "shipment_id": "Z", "line_number": 1}])
    found(store)
    assert store.execute("describe compared").fetchall() == store.execute("describe found").fetchall()
    run = {"run_id": "run", "as_of": NOW.date(), "rulebook_hash": "hash", "known_at": None}
    SCREENING.make(store, "findings", run)
    rows = store.execute("select rule_id, source, shipment_id, line_number from findings").fetchall()
    assert rows == sorted(rows) and len(rows) == 5
    told = store.execute(
        "select finding_id = md5(to_json([source, shipment_id, line_number::varchar, rule_id])::varchar), situation_id,"
        " state, rule_kind from findings where rule_id in ('value-differs', 'filed-not-shipped') order by rule_id"
    ).fetchall()
    assert told == [(True, None, "new", "reconcile"), (True, "seven", "new", "reconcile")]

"""Filings as known at a moment: what AES holds of each, by its status, and which rows of filings are in quarantine."""

from __future__ import annotations

from datetime import datetime, timedelta

import duckdb
import pytest

from flows.settings import RULES
from tests.support.comparing import STATUSES
from tests.support.steps import hand, told
from transforms.content import read_yaml
from transforms.ingest.recall import RECALL
from transforms.rulebook.statuses import read_filing_statuses

LEARNED, RESTATED = datetime(2026, 3, 2, 8), datetime(2026, 3, 3, 8)
INSTANT = timedelta(microseconds=1)

STANDINGS = {
    "held": [
        "accepted", "Filed", "ACTIVE", "Shipment Added", "SHIPMENT_REPLACED", "shipment-changed", "Added", "changed",
        "Replaced", "A", "c", "R", "Verify", "COMPLIANCE ALERT", "Warning", "Informational", "a - accepted",
        "001 - accepted", "r - accepted", "", None,
    ],
    "cancelled": [
        "canceled", "Cancelled", "CANCEL", "x", "X", "Shipment Cancelled", "SHIPMENT CANCELED", "shipment_cancelled.",
        "Canceled by filer", "Deleted", "delete", "x - cancelled", "X-Canceled", "x - accepted", "x - a new word",
        "a - cancelled",
    ],
    "not held": [
        "Rejected", "FATAL_ERROR", "fatal error", "Draft", "pending", "Saved", "r - rejected", "a - draft",
        "not - filed", "In Process",
    ],
    "unknown": [
        "xx", "released", "non - filed", "foo - accepted", "a - released", "001 - released", "x - rejected", "-", "n/a",
        "cancel pending", "un-filed",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("standing", "word"), [(one, word) for one, words in STANDINGS.items() for word in words])
def test_what_aes_holds_of_a_filing_is_told_by_its_status(memory, standing: str, word: str | None) -> None:
    assert standings(memory, {"status": word}) == [(standing, standing == "cancelled")]


def test_each_word_of_the_table_is_folded_as_stated_and_means_what_it_says(memory) -> None:
    content, _ = read_yaml(RULES / "tables" / "tables.yml", "tables.yml")
    (fold,) = [one["fold"] for one in content["tables"] if one["file"] == "filing_status.csv"]
    for row in STATUSES:
        assert memory.execute(f"select {fold} from (select $word as x)", {"word": row["word"]}).fetchall() == [
            (row["word"],)
        ]
        assert standings(memory, {"status": row["word"].upper().replace(" ", "_")})[0][0] == row["standing"]
        assert row["rank"] == {"cancelled": 3, "not held": None}.get(row["standing"], row["rank"])
        assert (row["rank"] is None) == (row["standing"] == "not held")


def standings(connection: duckdb.DuckDBPyConnection, *filings: dict, statuses=STATUSES) -> list[tuple]:
    whole = [{"known_from": LEARNED} | filing for filing in filings]
    hand(connection, RECALL, {"filings": whole, "filing_statuses": statuses})
    RECALL.make(connection, "status_standings", {"batch_id": None})
    RECALL.make(connection, "current_filings", {"moment": LEARNED})
    return connection.execute("select standing, is_cancelled from current_filings order by itn").fetchall()


@pytest.mark.parametrize(
    ("day", "standing"),
    [("2025-12-31", "unknown"), ("2026-01-01", "held"), ("2026-06-30", "held"), ("2026-07-01", "cancelled")],
)
def test_a_status_means_what_it_meant_on_the_day_of_export(memory, day: str, standing: str) -> None:
    words = [
        {"word": "closed", "standing": "held", "from_on": "2026-01-01", "until_on": "2026-06-30"},
        {"word": "closed", "standing": "cancelled", "from_on": "2026-07-01", "until_on": "9999-12-31"},
    ]
    assert standings(memory, {"status": "Closed", "export_on": day}, statuses=words)[0][0] == standing


def test_a_filing_without_a_day_of_export_goes_by_the_day_it_was_learned_of(memory) -> None:
    words = [{"word": "closed", "standing": "held", "from_on": LEARNED.date(), "until_on": LEARNED.date()}]
    assert standings(memory, {"status": "closed"}, statuses=words) == [("held", False)]


@pytest.mark.parametrize("itn", ["PENDING", "X2026030100000", "X202603010000011", "TBD"])
def test_a_filing_that_has_no_itn_yet_is_not_known_to_be_held(memory, itn: str) -> None:
    assert standings(memory, {"itn": itn, "status": "accepted"}) == [("unknown", False)]
    assert standings(memory, {"itn": itn, "status": "canceled"}) == [("cancelled", True)]


def test_a_rulebook_without_the_table_says_what_it_said(memory, tmp_path) -> None:
    words = ("x", "Canceled", "deleted", "rejected", "")
    filings = [{"itn": f"X20260301{at:06}", "status": word} for at, word in enumerate(words)]
    found = standings(memory, *filings, statuses=read_filing_statuses(tmp_path))
    assert [standing for standing, _ in found] == ["cancelled", "cancelled", "held", "held", "held"]


ASIDE = {"kind": "filings", "identity": ["X20260301000001", "1"], "quarantined_at": LEARNED, "settled_at": RESTATED}


@pytest.mark.parametrize(
    ("row", "moment", "expected"),
    [
        pytest.param({}, LEARNED, ["X20260301000001"], id="the very moment it was set aside"),
        pytest.param({}, LEARNED - INSTANT, [], id="before it was set aside"),
        pytest.param({}, RESTATED, [], id="the very moment it was settled"),
        pytest.param({"settled_at": None}, RESTATED, ["X20260301000001"], id="never settled"),
        pytest.param({"kind": "lines"}, LEARNED, [], id="a row of lines"),
        pytest.param(
            {"identity": None, "cells": ["AES x20260301000002", "one"]}, LEARNED, ["X20260301000002"],
            id="a row of which the line number could not be read",
        ),
        pytest.param(
            {"identity": None, "recorded": "X20260301000003;;"}, LEARNED, ["X20260301000003"], id="a row that is no CSV"
        ),
        pytest.param({"identity": None, "cells": ["", "one"]}, LEARNED, [], id="a row without an ITN"),
    ],
)  # fmt: skip
def test_the_itns_of_filings_in_quarantine_are_known(memory, row: dict, moment: datetime, expected: list[str]) -> None:
    rows = {"quarantine": [ASIDE | row, ASIDE | row | {"identity": row.get("identity", ["X20260301000001", "2"])}]}
    assert [itn for (itn,) in told(memory, RECALL, "filings_aside", "itn", rows, moment=moment)] == expected


@pytest.mark.parametrize(("moment", "expected"), [(LEARNED, "accepted"), (RESTATED, "canceled")])
def test_a_filing_is_canceled_from_the_moment_on_at_which_that_is_learned_of(memory, moment, expected) -> None:
    filings = [
        {"status": "accepted", "known_from": LEARNED, "known_until": RESTATED},
        {"status": "canceled", "known_from": RESTATED},
    ]
    hand(memory, RECALL, {"filings": filings, "filing_statuses": STATUSES})
    RECALL.make(memory, "status_standings", {"batch_id": None})
    assert told(memory, RECALL, "current_filings", "status", moment=moment) == [(expected,)]

"""Nights of corrections, reclassifications, late lines, changed rules and decisions: every life adds up."""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.support.desk import Desk, make_desk
from tests.support.nights import RECONCILING, RULEBOOK, Row, filings, items, nights, take
from tests.support.runs import Run
from transforms.ledger.decide import CLOSING, Decision, decide
from transforms.ledger.follow import follow, recall
from transforms.ledger.journal import Deed
from transforms.rulebook.compile import compile_law
from transforms.rulebook.law import Law
from transforms.screening.screen import screen
from transforms.store import open_store

NIGHTS = 30 if "EARSHOT_SEEDS" in os.environ else 8
"""Thirty with `make long`. What comes on the first eight holds every kind of change."""
FIRST_ON = date(2026, 1, 1)
AFTER = {
    "": {"new"},
    "open": {"changed", "closed", "noted"},
    "closed": {"reopened", "gone", "closed"},
}
"""What may happen to a finding, by how it stands."""


@dataclass
class Life:
    """What the ledger should hold of the findings of a home, kept by plain reading of each night's findings."""

    states: dict[str, str] = field(default_factory=dict)
    is_decided: dict[str, bool] = field(default_factory=dict)
    expires_on: dict[str, date | None] = field(default_factory=dict)


def _laws() -> list[tuple[str, Law]]:
    without = {"pakistan-rs", "lab-equipment-ns"}
    fewer = tuple(rule for rule in RULEBOOK.controls if rule.id not in without)
    return [("all", compile_law(RULEBOOK)), ("fewer", compile_law(replace(RULEBOOK, controls=fewer)))]


def _come(
    rng: random.Random, night: int, known: dict[tuple[str, str], Row], drawn: list[Any]
) -> list[tuple[str, list[Row]]]:
    """What comes on a night: late lines, lines changed, at times item records or filings, at times nothing."""
    if night == 0:
        return [drawn[0]]
    if night % 7 == 3:
        return []
    rows = [row | rng.choice(CHANGES) for row in rng.sample(list(known.values()), 24)]
    rows += [row | {"line_number": f"{night}9{at:02d}"} for at, row in enumerate(rng.sample(list(known.values()), 4))]
    found = [("lines", rows)]
    if night in (4, 18):
        found.append(("items", items(rng)))
    if night in (6, 24):
        found.append(("filings", filings(rng, list(known.values()))))
    return found


CHANGES: list[Row] = [
    {"license_code": "C33", "license_number": "NLR"}, {"license_code": "", "license_number": ""}, {"eccn": "3A999"},
    {"eccn": "EAR99"}, {"eccn": ""}, {"destination": "PK"}, {"destination": "DE"}, {"port_of_export": "2704"},
    {"value_usd": "3000"}, {"value_usd": "20"}, {"itn": ""}, {"itn": "X20250110000003"}, {},
]  # fmt: skip


def _screen(desk: Desk, law: tuple[str, Law], run: Run) -> list[tuple[Any, ...]]:
    with open_store(desk.home.database) as connection:
        screen(connection, law[1], run, RECONCILING, keep=True)
        connection.execute("begin")
        follow(connection, run, Deed("run", run.run_id, run.as_of, "tests", run.moment, version="1"))
        connection.execute("commit")
        return connection.execute("select finding_id, state, outcome from findings order by all").fetchall()


@pytest.mark.parametrize("seed", range(int(os.environ.get("EARSHOT_SEEDS", "1"))))
def test_nights_of_findings_add_up(tmp_path, seed):
    rng, desk, life = random.Random(seed), make_desk(tmp_path), Life()
    laws, drawn = _laws(), nights(random.Random(seed))
    known: dict[tuple[str, str], Row] = {}
    told: dict[str, tuple[Run, Law, list[tuple[Any, ...]]]] = {}
    law = laws[0]
    for night in range(NIGHTS):
        came = _come(rng, night, known, drawn)
        for kind, rows in came:
            take(desk, kind, rows, night)
            if kind == "lines":
                known |= {(row["shipment_id"], row["line_number"]): row for row in rows}
        before, law = law, laws[(night // 5) % 2]
        moment = datetime(2026, 1, 1 + night, 12)
        run = Run(f"night-{night}", FIRST_ON + timedelta(night), None, moment, law[0])
        findings = _screen(desk, law, run)
        told[run.run_id] = (run, law[1], findings)
        _check_night(desk, life, run, findings, is_quiet=not came and law is before)
        if night % 3 == 1:
            _decide(desk, rng, life, run, [row[0] for row in findings if row[1] != "closed"])
    _check_all(desk)
    for run, of_law, findings in list(told.values())[::7]:
        with open_store(desk.home.database) as connection:
            screen(connection, of_law, run, RECONCILING)
            recall(connection, run)
            again = connection.execute("select finding_id, state, outcome from findings order by all").fetchall()
            assert again == findings, f"{run.run_id} told again"


def _check_night(desk: Desk, life: Life, run: Run, findings: list[Any], *, is_quiet: bool) -> None:
    events = desk.rows(
        "select finding_id, event, state, cause, detail from ledger_events where entry ="
        " (select max(entry) from journal)"
    )
    happened = {row[0]: row[1:] for row in events}
    assert len(happened) == len(events), "one event of a finding in a night"
    found = {row[0] for row in findings}
    for finding_id, state, _ in findings:
        before = life.states.get(finding_id, "")
        expected = {"": "new", "open": "open"}.get(before)
        if before == "closed":
            expired = life.expires_on.get(finding_id)
            is_over = expired is not None and expired < run.as_of
            expected = "reopened" if not life.is_decided[finding_id] or is_over else state
            if state == "reopened":
                event, _, cause, detail = happened[finding_id]
                assert (event, bool(cause), bool(detail)) == ("reopened", True, True), happened[finding_id]
                assert not is_quiet or is_over, f"reopened on a quiet night: {happened[finding_id]}"
        assert state == expected, (finding_id, before, happened.get(finding_id))
        life.states[finding_id] = "closed" if state == "closed" else "open"
        life.is_decided[finding_id] = state == "closed"
    for finding_id in set(life.states) - found:
        if life.states[finding_id] == "open":
            event, state, cause, _ = happened[finding_id]
            assert (event, state, bool(cause)) == ("closed", "closed", True)
        life.states[finding_id], life.is_decided[finding_id] = "closed", False
    held = Counter(dict(desk.rows("select state, count(*) from ledger group by all")))
    assert held == Counter(life.states.values())


def _decide(desk: Desk, rng: random.Random, life: Life, run: Run, open_now: list[str]) -> None:
    statuses = (*CLOSING, "escalated", "disclosure-candidate")
    decisions = {}
    for finding_id in rng.sample(open_now, min(150, len(open_now))):
        status = rng.choice(statuses)
        ends = rng.choice((None, run.as_of + timedelta(rng.randrange(1, 9)))) if status in CLOSING else None
        decisions[finding_id] = Decision(status, "seen", "", ends)
    with open_store(desk.home.database) as connection:
        decide(connection, decisions, Deed("decision", "by hand", run.as_of, "tests", run.moment))
    for finding_id, one in decisions.items():
        if one.status in CLOSING:
            life.states[finding_id], life.is_decided[finding_id] = "closed", True
            life.expires_on[finding_id] = one.expires_on


def _check_all(desk: Desk) -> None:
    """Every life is one that can be, and the sum of states is all findings ever made."""
    rows = desk.rows("select finding_id, event, state, cause from ledger_events order by finding_id, entry")
    stands: dict[str, str] = {}
    for finding_id, event, state, cause in rows:
        assert event in AFTER[stands.get(finding_id, "")], (finding_id, event, stands.get(finding_id))
        assert cause
        stands[finding_id] = state
    assert stands == dict(desk.rows("select finding_id, state from ledger"))
    for kind in ("new", "closed", "reopened", "gone", "changed", "noted"):
        assert any(row[1] == kind for row in rows), f"no night has drawn: {kind}"

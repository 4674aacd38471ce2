"""Rulings on pairs of a party and an entry of a list: made with a decision on a finding, or brought as a file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from flows.settings import Home, now
from transforms.errors import InputError
from transforms.ledger.decide import RULINGS, Decision

_PAIRS = "select situation_id, listed_parties from read_parquet(?) where listed_parties <> ''"


def refuse_other_findings(rows: Sequence[Mapping[str, Any]], decisions: Mapping[str, Decision]) -> None:
    """Raise InputError where a ruling on parties is to be recorded about a finding that is of none, or tells none."""
    for row in rows:
        status = decisions[row["finding_id"]].status
        if status not in RULINGS:
            continue
        if row["rule_kind"] != "party":
            raise InputError(
                f"{row['finding_id'][:8]}: {status} is a ruling on a listed party, and this finding is of the rule"
                f" {row['rule_id']} (allowed: findings of rules on listed parties). No decision was recorded."
            )
        if row["listed_pair"] is None:
            raise InputError(
                f"{row['finding_id'][:8]}: an earlier version wrote the report of the last screening, which does not"
                " tell which entry of a list decides. No decision was recorded. Run earshot screen, then decide again."
            )


def rule_on_pairs(
    home: Home, run: Path, rows: Sequence[Mapping[str, Any]], decisions: Mapping[str, Decision], by: str
) -> int:
    """Keep a ruling for the pair that decides each finding (`listed_pair`), and return how many they are.

    The others of a finding, which it names after `Also` or only counts, stay as they are: it is made by them again.
    """
    from flows.jobs.law import read_law
    from transforms.lists.rulings import new_rulings, read_rulings, write_rulings
    from transforms.rulebook.listed import RULINGS as FILE

    ruled = [row for row in rows if decisions[row["finding_id"]].status in RULINGS]
    if not ruled:
        return 0
    listed = read_law(home.rules, home.made).rulebook.listed
    with duckdb.connect() as connection:
        pairs = dict(connection.execute(_PAIRS, [str(run / "situations.parquet")]).fetchall())
    path = home.lists / FILE
    found = read_rulings(path)
    before = len(found)
    for row in ruled:
        decision = decisions[row["finding_id"]]
        own = [
            pair
            for pair in json.loads(pairs[row["situation_id"]])
            if f"{pair['role']}: {pair['entry_id']}" == row["listed_pair"]
        ]
        found += new_rulings(
            own, listed, RULINGS[decision.status], decision.reason, by, now().date(), decision.expires_on
        )
    home.lists.mkdir(mode=0o700, exist_ok=True)
    write_rulings(path, found)
    return len(found) - before


def bring_rulings(home: Home, path: Path) -> int:
    """Take up the rulings of a file beside those that are kept: the later one on a pair counts. Return how many."""
    from transforms.lists.rulings import read_rulings, write_rulings
    from transforms.rulebook.listed import RULINGS as FILE

    home.require()
    brought = read_rulings(path)
    if not brought:
        raise InputError(f"{path}: no ruling is in it")
    home.lists.mkdir(mode=0o700, exist_ok=True)
    kept = sorted([*read_rulings(home.lists / FILE), *brought], key=lambda one: one["ruled_on"])
    write_rulings(home.lists / FILE, kept)
    return len(brought)


def kept_rulings(home: Home, today: date) -> list[dict[str, Any]]:
    """Return the rulings that are kept, each with whether it holds, and why not."""
    from flows.jobs.law import read_law
    from transforms.lists.rulings import read_rulings
    from transforms.rulebook.listed import RULINGS as FILE

    home.require()
    rulings = read_rulings(home.lists / FILE)
    lapsed = {
        (row["party"], row["country"], row["address"], row["entry_id"]): row["lapsed"]
        for row in (read_law(home.rules, home.made).rulebook.listed.ruled if rulings else ())
    }
    return [
        {
            **{name: one[name] for name in one if name not in ("entry_print", "entry_said")},
            "lapsed": "past its review date"
            if one["review_on"] and date.fromisoformat(one["review_on"]) < today
            else lapsed.get((one["party"], one["country"], one["address"], one["entry_id"])),
        }
        for one in rulings
    ]

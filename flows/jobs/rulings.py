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

_TOLD = "select finding_id, because from read_parquet(?) where rule_kind = 'party'"
_AFTER = (" (", " on the ", ", a name of ")
"""What follows the name of the entry in a statement (`told_listings.sql`)."""
_PAIRS = "select situation_id, listed_parties from read_parquet(?) where listed_parties <> ''"


def refuse_other_findings(rows: Sequence[Mapping[str, Any]], decisions: Mapping[str, Decision]) -> None:
    """Raise InputError where a ruling on parties is to be recorded about a finding that is of none."""
    for row in rows:
        status = decisions[row["finding_id"]].status
        if status in RULINGS and row["rule_kind"] != "party":
            raise InputError(
                f"{row['finding_id'][:8]}: {status} is a ruling on a listed party, and this finding is of the rule"
                f" {row['rule_id']} (allowed: findings of rules on listed parties). No decision was recorded."
            )


def rule_on_pairs(
    home: Home, run: Path, rows: Sequence[Mapping[str, Any]], decisions: Mapping[str, Decision], by: str
) -> int:
    """Keep a ruling for the pair that each finding so decided tells first, and return how many they are.

    The others of a finding, which it names after `Also` or only counts, stay as they are: it is made by them again.
    """
    from flows.jobs.law import read_law
    from transforms.lists.rulings import new_rulings, read_rulings, write_rulings
    from transforms.rulebook.listed import RULINGS as FILE

    ruled = [row for row in rows if decisions[row["finding_id"]].status in RULINGS]
    if not ruled:
        return 0
    rulebook = read_law(home.rules, home.made).rulebook
    lists = {rule.id: {name for one in rule.versions for name in one.lists} for rule in rulebook.party_rules}
    with duckdb.connect() as connection:
        pairs = dict(connection.execute(_PAIRS, [str(run / "situations.parquet")]).fetchall())
        told = dict(connection.execute(_TOLD, [str(run / "findings.parquet")]).fetchall())
    path = home.lists / FILE
    found = read_rulings(path)
    before = len(found)
    for row in ruled:
        decision = decisions[row["finding_id"]]
        own = [
            pair
            for pair in json.loads(pairs.get(row["situation_id"], "[]"))
            if any(pair["entry_id"].startswith(f"{name}-") for name in lists[row["rule_id"]])
            and _is_told_first(pair, told.get(row["finding_id"], ""))
        ]
        found += new_rulings(
            own, rulebook.listed, RULINGS[decision.status], decision.reason, by, now().date(), decision.expires_on
        )
    home.lists.mkdir(mode=0o700, exist_ok=True)
    write_rulings(path, found)
    return len(found) - before


def _is_told_first(pair: Mapping[str, str], because: str) -> bool:
    """Whether a finding is about this pair: its statement begins with the role, the party and the name of the entry."""
    country = f" ({pair['party_country']})" if pair["party_country"] else ""
    about = f": the {pair['role']} {pair['party']}{country} "
    starts = (f"{about}{verb} {pair['listed_name']}{after}" for verb in ("matches", "may be") for after in _AFTER)
    return any(start in because for start in starts)


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

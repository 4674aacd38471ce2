"""A home of the shipped sample with something in every table that a person may ask, and a way to ask it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from flows.jobs.dispose import dispose
from flows.jobs.impact import find_impact
from flows.jobs.ingest import ingest_file
from flows.jobs.retain import hold_records, lift_records
from flows.jobs.screen import screen_home
from flows.settings import SAMPLE, Home, now
from transforms.ledger.choose import Choice
from transforms.ledger.decide import Decision
from transforms.relations import Relation
from transforms.store import open_store

AS_OF = date(2026, 11, 20)


@dataclass(frozen=True)
class Queried:
    """The home, the folder of its run, and that of an answer to what a rule would have caught."""

    home: Home
    run: Path
    impact: Path

    def folder_of(self, relation: Relation) -> Path:
        """Return the folder that a Parquet file is in."""
        return self.impact if (self.impact / relation.name).is_file() else self.run


def live(folder: Path) -> Queried:
    """Make the home: the sample loaded and screened, a decision that stands for later lines, holds, and an answer."""
    home = Home(folder / "home")
    home.create()
    for name in ("history.csv", "daily-2026-11-20.csv", "filings-2026.csv", "items.csv"):
        ingest_file(home, SAMPLE / name)
    screened = screen_home(home, AS_OF)
    with open_store(home.database, read_only=True) as connection:
        situation_id, rule_id = connection.execute(
            "select situation_id, rule_id from ledger where rule_id = 'pakistan-rs' order by all limit 1"
        ).fetchall()[0]
    until = date.fromordinal(now().date().toordinal() + 30)
    decided = Decision("authorized", "license D1234567 covers it", expires_on=until)
    dispose(home, Choice(situation_id=situation_id, rule_id=rule_id), decided, "tests", standing=True, is_sure=True)
    hold_records(home, "consignee", "Kestrane", "asked for by BIS")
    lift_records(home, hold_records(home, "all", "", "an audit").hold_id, "the audit is over")
    asked = find_impact(home, ["pakistan-rs"], first_day=date(2024, 1, 1), last_day=date(2025, 12, 31))
    return Queried(home, screened.report, asked.report)


def open_for(connection: duckdb.DuckDBPyConnection, queried: Queried, relation: Relation) -> str:
    """Have paths of an example found as from within the folder of the file; return the relation as SQL names it."""
    if relation.lives != "report":
        return relation.name
    connection.execute(f"set file_search_path = '{queried.folder_of(relation)}'")
    return f"'{relation.name}'"


def shape_of(connection: duckdb.DuckDBPyConnection, named: str) -> list[tuple[str, str]]:
    """Return the columns of a relation with their types, in order."""
    return [(row[0], row[1]) for row in connection.execute(f"describe from {named}").fetchall()]


def declared_shape(relation: Relation) -> list[tuple[str, str]]:
    """Return the columns of a relation with their types, as declared."""
    return [(name, column.type) for name, column in relation.columns.items()]


def repeated_keys(connection: duckdb.DuckDBPyConnection, relation: Relation, named: str) -> list[tuple[object, ...]]:
    """Return keys that several rows share, three at most."""
    if not relation.key:
        return []
    key = ", ".join(f'"{name}"' for name in relation.key)
    return connection.execute(f"select {key} from {named} group by all having count(*) > 1 limit 3").fetchall()

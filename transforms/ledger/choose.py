"""Which findings a person means: by id, by situation, or by what is recorded of their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import duckdb

from transforms.errors import InputError
from transforms.ledger.stage import LEDGER
from transforms.pipeline import read_rows
from transforms.sql import as_named

SHORTEST_PREFIX = 8
OUTCOMES = ("flagged", "undetermined")
Standing = Literal["open", "decided", "any"]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """What chooses findings: all that is given must hold. Days are days of export, both inclusive."""

    finding_ids: tuple[str, ...] = ()
    situation_id: str | None = None
    rule_id: str | None = None
    outcome: str | None = None
    destination: str | None = None
    consignee: str | None = None
    eccn: str | None = None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is chosen."""
        return not any(asdict(self).values())

    def __str__(self) -> str:
        given = {key.replace("_", " "): value for key, value in asdict(self).items() if value}
        ids = given.pop("finding ids", ())
        return ", ".join([f"{len(ids)} by id"] * bool(ids) + [f"{key} {value}" for key, value in given.items()])


def read_decidable(connection: duckdb.DuckDBPyConnection, findings: Path) -> None:
    """Leave the temporary table `decidable`: the findings that the last screening made, from its Parquet file."""
    LEDGER.make(connection, "decidable", {"findings": as_named(findings)})


def choose(connection: duckdb.DuckDBPyConnection, choice: Choice, standing: Standing = "open") -> list[Row]:
    """Return the rows of `decidable` that are meant: open ones, those with a decision, or any.

    A finding or situation is known by its id or by the first characters of it, eight at least. What is named by its id
    comes back however it stands. Raises InputError for what is not known.
    """
    given = asdict(choice)
    given["finding_ids"] = [_whole(connection, "finding_id", one) for one in choice.finding_ids]
    if choice.situation_id is not None:
        given["situation_id"] = _whole(connection, "situation_id", choice.situation_id)
    if choice.rule_id is not None:
        _require(connection, "rule", choice.rule_id)
    if choice.outcome not in (None, *OUTCOMES):
        raise InputError(f"--outcome {choice.outcome}: not known. Allowed: {', '.join(OUTCOMES)}.")
    return list(LEDGER.read(connection, "chosen", {**given, "standing": "any" if choice.finding_ids else standing}))


def find_rows(connection: duckdb.DuckDBPyConnection, finding_ids: Sequence[str]) -> dict[str, Row]:
    """Return the rows of `decidable` by finding id; those that the last screening did not make are not there."""
    query = "select * from decidable where finding_id in (select unnest($ids::varchar[]))"
    rows = read_rows(connection, query, {"ids": list(finding_ids)})
    return {row["finding_id"]: row for row in rows}


def count_lines(rows: Sequence[Row]) -> int:
    """Return how many lines the findings are of."""
    return len({(row["source"], row["shipment_id"], row["line_number"]) for row in rows})


def _whole(connection: duckdb.DuckDBPyConnection, column: str, begins: str) -> str:
    """Return the one id that begins so, of those that can be decided about."""
    what = column.removesuffix("_id")
    if len(begins) < SHORTEST_PREFIX:
        raise InputError(
            f"{begins}: too short to identify a {what}. Give at least {SHORTEST_PREFIX} characters of its id."
        )
    found = connection.execute(
        f"select distinct {column} from decidable where starts_with({column}, ?) order by 1 limit 2", [begins.lower()]
    ).fetchall()
    if len(found) > 1:
        raise InputError(
            f"{begins}: matches several ids ({found[0][0]}, {found[1][0]}). Give more characters of the {what} id."
        )
    if found:
        return str(found[0][0])
    known = connection.execute(f"select 1 from ledger where starts_with({column}, ?)", [begins.lower()]).fetchall()
    if known:
        raise InputError(f"{begins}: not in the last screening. This {what} no longer needs a decision.")
    raise InputError(
        f"{begins}: not a known {what} id. Look up ids in findings.parquet or in `earshot dispose --export`."
    )


def _require(connection: duckdb.DuckDBPyConnection, what: str, rule_id: str) -> None:
    rules = [one for (one,) in connection.execute("select distinct rule_id from decidable order by 1").fetchall()]
    if rule_id not in rules:
        raise InputError(
            f"--{what} {rule_id}: no findings in the last screening. Rules with findings: {', '.join(rules)}."
        )

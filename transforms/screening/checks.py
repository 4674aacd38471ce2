"""Put the checks to the situations: the SQL of each, run over those that it concerns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from transforms.rulebook.check import FACT_OF
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"


def run_checks(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `check_verdicts` from every version of every check that stands in the table `checks`.

    A situation whose source has no such column as the check needs is undetermined, and not shown to its SQL.
    """
    checks = connection.execute("select version_key, rule_id, activities, needs, query from checks").fetchall()
    if not checks:
        return
    connection.execute("create table all_subjects as " + read_sql(SQL / "check_subjects.sql"))
    connection.execute("create table elsewhere as " + read_sql(SQL / "elsewhere.sql"))
    for view in ("scope_items", "scope_places"):
        connection.execute(f"create view {view} as " + read_sql(SQL / f"{view}.sql"))
    for version_key, _, activities, needs, query in checks:
        connection.execute(f"set variable check_version = {int(version_key)}")
        given = " and ".join(f"{FACT_OF.get(column, column)} is not null" for column in needs) or "true"
        lacks = ", ".join(f"case when {FACT_OF.get(column, column)} is null then '{column}' end" for column in needs)
        connection.execute(
            "create or replace temp table concerned as select *, "
            + f"list_filter([{lacks}]::varchar[], lambda one: one is not null) as lacking, {given} as is_given"
            + " from all_subjects where coalesce(activity, '') = '' or list_contains($activities, activity)",
            {"activities": activities},
        )
        connection.execute("create or replace temp view subject as from concerned where is_given")
        connection.execute("create or replace temp table answered as " + query)
        _add(connection, version_key)


def _add(connection: duckdb.DuckDBPyConnection, version_key: int) -> None:
    columns = {row[0] for row in connection.execute("describe answered").fetchall()}
    optional = {"from_on": "date '0001-01-01'", "until_on": "date '9999-12-31'", "severity": "null::varchar"}
    chosen = ", ".join(name if name in columns else f"{default} as {name}" for name, default in optional.items())
    values: dict[str, Any] = {"version_key": version_key}
    connection.execute(
        "create or replace temp view breaches as select situation_key, outcome, because, missing, "
        + chosen
        + " from answered"
    )
    connection.execute("insert into check_verdicts by name " + read_sql(SQL / "check_verdicts.sql"), values)

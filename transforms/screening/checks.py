"""Put the checks to the situations: the SQL of each, run over those that it concerns."""

from __future__ import annotations

from pathlib import Path

import duckdb

from transforms.errors import InputError
from transforms.rulebook.check import FACT_OF
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"


def run_checks(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `check_verdicts` from every version of every check that stands in the table `checks`.

    A situation whose source has no such column as the check needs is undetermined, and not shown to its SQL. Raises
    InputError, naming the check, where its SQL cannot be run.
    """
    checks = connection.execute(
        "select version_key, rule_id, activities, needs, query from checks order by activities, needs, version_key"
    ).fetchall()
    if not checks:
        return
    connection.execute("create table all_subjects as " + read_sql(SQL / "check_subjects.sql"))
    connection.execute("create table elsewhere as " + read_sql(SQL / "elsewhere.sql"))
    for view in ("scope_items", "scope_places"):
        connection.execute(f"create view {view} as " + read_sql(SQL / f"{view}.sql"))
    concerned = None
    for version_key, rule_id, activities, needs, query in checks:
        connection.execute(f"set variable check_version = {int(version_key)}")
        if (activities, needs) != concerned:
            _concern(connection, activities, needs)
            concerned = (activities, needs)
        try:
            connection.execute(_INSERT.replace("{query}", query), {"version_key": version_key})
        except duckdb.Error as error:
            raise InputError(
                f"the check {rule_id}: its SQL cannot be run: {str(error).splitlines()[0]}; mend it, and try it with"
                " earshot rules check"
            ) from error


def _concern(connection: duckdb.DuckDBPyConnection, activities: list[str], needs: list[str]) -> None:
    """Make the views `subject`, which the check reads, and `lacking`: who is left out as a column is not there."""
    connection.execute("set variable check_activities = $activities", {"activities": activities})
    facts = {column: FACT_OF.get(column, column) for column in needs}
    given = " and ".join(f"{fact} is not null" for fact in facts.values()) or "true"
    named = ", ".join(f"case when {fact} is null then '{column}' end" for column, fact in facts.items())
    concerned = (
        " from all_subjects where (coalesce(activity, '') = ''"
        " or list_contains(getvariable('check_activities'), activity))"
    )
    connection.execute(f"create or replace temp view subject as select *{concerned} and {given}")
    connection.execute(
        f"create or replace temp view lacking as select situation_key, eccn_recorded, destination,"
        f" list_filter([{named}]::varchar[], lambda one: one is not null) as columns{concerned} and not ({given})"
    )


_INSERT = "insert into check_verdicts by name with answered as (\n{query}\n)\n" + read_sql(SQL / "check_verdicts.sql")

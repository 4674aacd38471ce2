"""Put the checks to the situations: the SQL of each, run over those that it concerns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from transforms.errors import InputError
from transforms.facts import fact_of_column
from transforms.pipeline import Stage, read_rows

PARTS = ("subject", "lacking", "scope_items", "scope_places", "answered")
"""The named parts of a check's statement: what its SQL may read, who is left out of it, and its answer."""
READS_FILING = "cited_legends"
"""The word by which the SQL of a check asks what was decided of filing."""
CHECKS = Stage(
    name="decide",
    folder=Path(__file__).parent / "record",
    reads=(
        "checks", "check_scopes", "rule_periods", "claims", "control_verdicts", "rule_versions", "eccn_periods",
        "parameters", READS_FILING,
    ),
    leaves=("record_verdicts", "record_keys", "record_rules"),
    steps=("all_subjects", "elsewhere"),
    is_shared=True,
)  # fmt: skip


def run_checks(connection: duckdb.DuckDBPyConnection, wait_for_filing: Callable[[], object] = bool) -> None:
    """Fill `record_verdicts` from every version of every check that stands in the table `checks`.

    Checks that read what was decided of filing come last, after `wait_for_filing` returns. A situation whose source has
    no such column as the check needs is undetermined, and not shown to its SQL. Raises InputError, naming the check,
    where its SQL cannot be run.
    """
    checks = read_rows(connection, "from checks order by version_key")
    checks.sort(key=lambda check: READS_FILING in check["query"])
    if checks:
        CHECKS.run(connection)
        for step in ("scope_items", "scope_places"):  # macros want to see them; each check has its own in their place
            CHECKS.make(connection, step, {"version_key": None})
        connection.execute(CHECKS.text("macros"))
    for check in checks:
        if READS_FILING in check["query"]:
            wait_for_filing()
        try:
            connection.execute(
                _statement(check["query"], check["needs"]),
                {"version_key": check["version_key"], "activities": check["activities"]},
            )
        except duckdb.Error as error:
            raise InputError(
                f"the check {check['rule_id']}: its SQL cannot be run: {str(error).splitlines()[0]}; mend it, and try"
                " it with earshot rules check"
            ) from error


def _statement(query: str, needs: Sequence[str]) -> str:
    """The one statement of a check: `subject`, which its SQL reads, and `lacking`, who is left out of it.

    A subject is left out where its source has no column that the check needs.
    """
    facts = {column: fact_of_column()[column] for column in needs}
    given = " and ".join(f"{fact} is not null" for fact in facts.values()) or "true"
    named = ", ".join(f"case when {fact} is null then '{column}' end" for column, fact in facts.items())
    concerned = (
        "from all_subjects where (coalesce(activity, '') = '' or list_contains($activities::varchar[], activity))"
    )
    lacking = (
        f"select situation_key, eccn_recorded, destination, list_filter([{named}]::varchar[],"
        f" lambda one: one is not null) as columns {concerned} and not ({given})"
    )
    texts = (
        f"select * {concerned} and {given}", lacking, CHECKS.text("scope_items"), CHECKS.text("scope_places"), query,
    )  # fmt: skip
    named_parts = ",\n".join(f"{name} as (\n{text}\n)" for name, text in zip(PARTS, texts, strict=True))
    return f"insert into record_verdicts by name with {named_parts}\n{CHECKS.text('record_verdicts')}"

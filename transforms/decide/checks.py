"""Put the checks to the situations: the SQL of each, run over those that it concerns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from transforms.bounded import MOST_SECONDS, OutOfBoundsError, bounded
from transforms.errors import InputError
from transforms.facts import fact_of_column
from transforms.one_select import OUTCOMES
from transforms.pipeline import Stage, read_rows

PARTS = ("subject", "lacking", "scope_items", "scope_places", "answered")
"""The named parts of a check's statement: what its SQL may read, who is left out of it, and its answer."""
_ALLOWED = {
    "situation_key": "that of a row of subject", "outcome": ", ".join(OUTCOMES), "because": "a reason in words",
    "severity": "high, medium, low, or none",
}  # fmt: skip
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


def run_checks(
    connection: duckdb.DuckDBPyConnection,
    wait_for_filing: Callable[[], object] = bool,
    seconds: float = MOST_SECONDS,
) -> None:
    """Fill `record_verdicts` from every version of every check that stands in the table `checks`.

    Checks that read what was decided of filing come last, after `wait_for_filing` returns. A situation whose source has
    no such column as the check needs is undetermined, and not shown to its SQL. Raises InputError, naming the check,
    where its SQL cannot be run, runs for more than `seconds`, or selects a row that says nothing of a situation.
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
            with bounded(connection, seconds):
                connection.execute(
                    _statement(check["query"], check["needs"]),
                    {"version_key": check["version_key"], "activities": check["activities"]},
                )
        except OutOfBoundsError as error:
            raise _at_fault(check["rule_id"], str(error)) from error
        except duckdb.Error as error:
            raise _at_fault(check["rule_id"], f"its SQL cannot be run: {str(error).splitlines()[0]}") from error
    if checks:
        _refuse_answers(connection)


def _refuse_answers(connection: duckdb.DuckDBPyConnection) -> None:
    """Raise InputError, naming the checks, where one selected a row of no situation, or with no outcome or reason."""
    if at_fault := CHECKS.read(connection, "answer_faults"):
        said = "; ".join(
            f"the check {found['rule_id']}: in {found['row_count']:,} rows its SQL selects {found['column_name']}"
            f" {'NULL' if found['said'] is None else repr(found['said'])} (allowed: {_ALLOWED[found['column_name']]})"
            for found in at_fault
        )
        raise InputError(f"{said}. Correct it, and try it with: earshot rules test")


def _at_fault(rule_id: str, problem: str) -> InputError:
    return InputError(f"the check {rule_id}: {problem}. Correct it, and try it with: earshot rules check")


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

"""Explain says of each line what the screening said, and shows the steps; also where the line is clear."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.jobs.ingest import ingest_file
from flows.jobs.screen import screen_home
from flows.settings import SAMPLE, Home
from tests.support.homes import make_home
from tests.support.shipped import shipped_law
from transforms.errors import InputError
from transforms.pipeline import Stage
from transforms.rulebook.law import Law
from transforms.screening.explain import explain, find_line
from transforms.store import open_store

MOMENT = datetime(2026, 11, 20, 6)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with the history of the sample."""
    made = make_home(tmp_path_factory.mktemp("history"))
    ingest_file(made, SAMPLE / "history.csv", known_from=MOMENT)
    return made


@pytest.fixture(scope="module")
def report(history: Home) -> Path:
    return screen_home(history, date(2026, 11, 20)).report


@pytest.fixture(scope="module")
def law() -> Law:
    return shipped_law()


@pytest.fixture(scope="module")
def connection(history: Home, report: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_store(history.database, read_only=True) as opened:
        yield opened


def outcomes(explained: dict[str, Any]) -> dict[str, str]:
    """By rule the strictest of its versions and rows, which stands first."""
    return {one["rule_id"]: one["outcome"] for one in explained["determinations"][::-1]}


@pytest.mark.parametrize("by", ["left(rule, 1)", pytest.param("rule, outcome", marks=pytest.mark.long)])
def test_explain_agrees_with_the_screening_on_lines_of_every_rule_and_outcome(
    connection: duckdb.DuckDBPyConnection, law: Law, report: Path, by: str
) -> None:
    findings = str(report / "findings.parquet")
    chosen = connection.execute(
        "select distinct unnest(arg_max((shipment_id, line_number), (findings, shipment_id, line_number)))"
        # the rules of the Commerce Control List are explained alike
        " from (select *, if(starts_with(rule_id, 'ccl-'), 'ccl', rule_id) as rule,"
        f" count(*) over (partition by shipment_id, line_number) as findings from read_parquet(?)) group by {by}",
        [findings],
    ).fetchall()
    assert len(chosen) > 5
    for shipment_id, line_number in chosen:
        said = dict(
            connection.execute(
                "select rule_id, outcome from read_parquet(?) where shipment_id = ? and line_number = ?",
                [findings, shipment_id, line_number],
            ).fetchall()
        )
        told = outcomes(explain(connection, law, find_line(connection, shipment_id, line_number, None)))
        explained = {rule: outcome for rule, outcome in told.items() if outcome in ("flagged", "undetermined")}
        rolled_up = said.pop("not-judged", None)
        assert {rule: explained.get(rule) for rule in said} == said
        extra = {rule for rule in explained if rule not in said}
        assert bool(extra) == (rolled_up is not None)
        assert all(explained[rule] == "undetermined" for rule in extra)


def test_a_clear_line_is_explained_too_rule_by_rule(connection: duckdb.DuckDBPyConnection, law: Law) -> None:
    row = connection.execute(
        "select shipment_id, line_number from lines where eccn = 'EAR99' and destination = 'DE' and known_until is null"
        " and consignee_name <> 'TO ORDER' order by all limit 1"
    ).fetchone()
    assert row
    explained = explain(connection, law, find_line(connection, *row, None))
    told = explained["determinations"]
    assert {one["outcome"] for one in told if one["rule_kind"] == "control"} == {"out of scope"}
    assert {one["outcome"] for one in told} <= {"clear", "out of scope"}
    controls = [one for one in told if one["rule_kind"] == "control"]
    paragraphs = {"cuba", "iran", "north-korea", "occupied-ukraine", "russia-belarus", "syria"}  # each is told once
    assert len(controls) == sum(not row["is_row"] for row in law.rule_versions) + len(paragraphs)
    assert all(one["because"] and one["authority"] for one in told)
    for one in controls:
        assert [step["step"] for step in one["steps"]][:5] == ["date", "activity", "items", "destination", "claimed"]


def test_a_licensed_line_is_clear_and_says_that_the_license_was_not_verified(
    connection: duckdb.DuckDBPyConnection, law: Law
) -> None:
    row = connection.execute(
        "select shipment_id, line_number from lines where destination = 'PK' and eccn like '3A99%'"
        " and export_on >= '2025-03-01' and license_code = 'C30' and length(license_number) = 7"
        " and known_until is null order by all limit 1"
    ).fetchone()
    assert row
    explained = explain(connection, law, find_line(connection, *row, None), "pakistan-rs")
    (one,) = explained["determinations"]
    assert one["outcome"] == "clear"
    assert "the license itself was not verified" in one["because"]


def test_a_saved_line_is_clear_under_the_clause(connection: duckdb.DuckDBPyConnection, law: Law) -> None:
    row = connection.execute(
        "select shipment_id, line_number from lines where eccn like '3A069%' and tendered_on <= '2025-01-16'"
        " and export_on between '2025-01-16' and '2025-02-17' and destination = 'CN' and known_until is null"
        " order by all limit 1"
    ).fetchone()
    assert row
    explained = explain(connection, law, find_line(connection, *row, None), "lab-equipment-ns")
    (one,) = explained["determinations"]
    assert one["outcome"] == "clear"
    assert "Savings clause applies" in one["because"]


def test_the_exception_that_is_claimed_is_told_by_its_symbol_whatever_the_words_are(
    connection: duckdb.DuckDBPyConnection, law: Law, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reworded(stage: Stage, *given: Any) -> list[dict[str, Any]]:
        told = {"answer_note": "in other words"}
        return [{**row, **told} if row.get("answer_note") else row for row in read(stage, *given)]

    read = Stage.read
    monkeypatch.setattr(Stage, "read", reworded)
    row = connection.execute(
        "select shipment_id, line_number from lines where destination = 'PK' and eccn like '3A99%'"
        " and export_on >= '2025-03-01' and license_number = 'TMP' and known_until is null order by all limit 1"
    ).fetchone()
    assert row
    explained = explain(connection, law, find_line(connection, *row, None), "pakistan-rs")
    steps = [step["found"] for step in explained["determinations"][0]["steps"] if step["step"] == "exception"]
    claimed = [found for found in steps if found.endswith("; claimed: in other words")]
    assert [found.partition(":")[0] for found in claimed] == ["TMP"]
    assert len(steps) > 1


def test_the_result_is_json(connection: duckdb.DuckDBPyConnection, law: Law) -> None:
    row = connection.execute("select shipment_id, line_number from lines order by all limit 1").fetchone()
    assert row
    explained = explain(connection, law, find_line(connection, *row, None))
    assert set(json.loads(json.dumps(explained, default=str))) == {"line", "facts", "era", "determinations"}


def test_an_unknown_line_source_or_rule_is_refused_with_what_is_allowed(
    connection: duckdb.DuckDBPyConnection, law: Law
) -> None:
    row = connection.execute("select shipment_id, line_number from lines order by all limit 1").fetchone()
    assert row
    with pytest.raises(InputError, match="not loaded"):
        find_line(connection, "NO-SUCH", 1, None)
    with pytest.raises(InputError, match="in source other"):
        find_line(connection, *row, "other")
    with pytest.raises(InputError, match=r"Allowed: .*pakistan-rs"):
        explain(connection, law, find_line(connection, *row, None), "pakistan")

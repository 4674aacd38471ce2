"""SQL of a rulebook that is more than a question: refused before it runs, or stopped by the name of its rule."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pyarrow as pa
import pytest
from typer.testing import CliRunner

from flows.main import app
from flows.settings import RULES
from tests.support.engine import RULEBOOK
from transforms.compare.read import read_comparisons
from transforms.compare.rules import READABLE as COMPARED
from transforms.compare.run import HANDED, try_comparisons
from transforms.decide.checks import CHECKS
from transforms.decide.decide import deciding, try_law
from transforms.errors import InputError, RulebookError
from transforms.one_select import faults_of_sql
from transforms.rulebook.check import LAW_READ, READABLE, READABLE_ROWS
from transforms.rulebook.compile import compile_law
from transforms.rulebook.law import Law
from transforms.rulebook.read import read_rulebook

OF_PAIRS = "reconcile/itn-differs/compare.sql"
ENDS = "select situation_key, 'flagged' as outcome, 'x' as because, named([]) as missing from subject"
REFUSED = {
    "it ends the statement and deletes": (f"{ENDS}; delete from record_verdicts", "it has 2 statements"),
    "it closes the bracket that it stands in": (
        f"{ENDS}) select * from answered); delete from record_verdicts; select (1", "it cannot be read: Parser Error",
    ),
    "it changes data in a step": (
        f"with gone as (delete from record_verdicts returning *) {ENDS}", "it holds a DELETE, which changes data",
    ),
    "it adds data in a step of a step": (
        f"with a as (with b as (insert into checks from checks returning *) from b) {ENDS}", "it holds a INSERT",
    ),
    "it updates in a subquery's step": (
        f"{ENDS} where exists (with u as (update checks set severity = 'low' returning *) from u)", "holds a UPDATE",
    ),
    "it is no SELECT": ("drop table record_verdicts", "another kind: DROP"),
    "it copies to a file": ("copy subject to 'out.csv'", "another kind: COPY"),
    "it attaches a database": ("attach 'x.duckdb'", "another kind: ATTACH"),
    "it has nothing": ("-- only words", "it has 0 statements"),
    "it turns rows by chance": (f"{ENDS} where random() < 0.5", "it calls random()"),
    "it turns on the clock": (f"{ENDS} where now() > timestamp '2030-01-01'", "it calls now()"),
    "it turns on the clock without brackets": (f"{ENDS} where CURRENT_DATE > date '2030-01-01'", "CURRENT_DATE"),
    "it turns on the age of a day": (f"{ENDS} where age(timestamp '2020-01-01') > interval 1 year", "it calls age()"),
    "it calls by a schema": (f"{ENDS} order by main.random()", "it calls random()"),
    "it calls within a lambda": (f"{ENDS} where [1] = list_filter([1], lambda x: random() > x)", "it calls random()"),
    "it calls a macro that sleeps": (f"{ENDS} where pg_sleep(1) is null", "it calls pg_sleep()"),
    "it asks for a setting": (f"{ENDS} where current_setting('threads') = 1", "it calls current_setting()"),
    "it takes a sample": (f"{ENDS} using sample 10%", "it takes a sample"),
    "it takes a sample of a table": (f"{ENDS} tablesample 10%", "it takes a sample"),
    "it reads a file": (f"{ENDS} semi join read_csv('/etc/passwd') on true", "it reads read_csv()"),
    "it reads a file by its name": (f"{ENDS} where exists (from '/etc/passwd')", 'it reads "/etc/passwd"'),
    "it reads a text of SQL": (f"{ENDS} where exists (from query('from checks'))", "it reads query()"),
    "it reads the catalog": (f"{ENDS} where exists (from information_schema.tables)", 'information_schema.tables'),
    "it reads what a name hides elsewhere": (
        f"{ENDS} where exists (with secret as (select 1) from secret) and exists (from secret)", 'it reads "secret"',
    ),
    "it reads its relation by a schema": ("select * from main.subject", 'it reads "main.subject"'),
    "it reads the verdicts of others": (f"{ENDS} where exists (from record_verdicts)", 'it reads "record_verdicts"'),
    "it lists the tables": ("show tables", "it describes or turns a relation"),
    "it asks for a value": (f"{ENDS} where situation_key = $version_key", "it asks for the value $version_key"),
    "a case without else": (
        ENDS.replace("'flagged'", "case when destination = 'PK' then 'flagged' end"), "its outcome is NULL",
    ),
    "an outcome of another spelling": (ENDS.replace("'flagged'", "'Flagged'"), 'it selects the outcome "Flagged"'),
    "an outcome that is not selected": (
        ENDS.replace("'flagged'", "if(eccn = '', 'clear', 'flagged')"), 'it selects the outcome "clear"',
    ),
    "an unknown outcome in a union": (
        f"{ENDS} union all by name {ENDS.replace(chr(39) + 'flagged', chr(39) + 'FLAGGED')}", 'the outcome "FLAGGED"',
    ),
    "bytes that are no text": ("select '\udcff'", "not UTF-8"),
    "brackets without end": ("select " + "(" * 20_000 + "1" + ")" * 20_000, "(allowed: "),
}  # fmt: skip
ALLOWED = {
    "steps, windows and sets": f"with recursive n as (select 1 as i union all select i + 1 from n where i < 3) {ENDS}",
    "rows of values": f"{ENDS} where situation_key in (select unnest([1, 2])) or exists (from range(3))",
    "a word that reads like a call": f"{ENDS} where destination = 'now()' -- random()",
    "a macro with days": f"{ENDS} where exists (from places('anywhere'))",
    "a step of its own name": f"with records as (from subject) {ENDS.replace('from subject', 'from records')}",
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(RULES, tmp_path_factory.mktemp("own") / "rules"))


@pytest.fixture
def check(own: Path) -> Iterator[Path]:
    """Yield the SQL of a check in a rulebook of one's own, to be written over; it is as it was afterwards."""
    path = own / "checks" / "itn-malformed" / "check.sql"
    kept = path.read_bytes()
    yield path
    path.write_bytes(kept)


@pytest.mark.parametrize("name", REFUSED)
def test_sql_of_a_check_that_is_more_than_a_question_is_refused_by_its_file(check: Path, name: str) -> None:
    text, problem = REFUSED[name]
    check.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(RulebookError) as refused:
        read_rulebook(check.parents[2], with_cases=False)
    (first, *_) = refused.value.faults
    assert first.file == "rules/checks/itn-malformed/check.sql"
    assert problem in str(first)


def test_the_same_is_refused_of_a_comparison(own: Path) -> None:
    path = own / OF_PAIRS
    kept = path.read_text(encoding="utf-8")
    try:
        for name in ("it ends the statement and deletes", "it turns on the clock", "bytes that are no text"):
            path.write_text(REFUSED[name][0], encoding="utf-8", errors="surrogateescape")
            _, faults = read_comparisons(own)
            assert [fault.file for fault in faults if REFUSED[name][1] in str(fault)] == [f"rules/{OF_PAIRS}"], name
    finally:
        path.write_text(kept, encoding="utf-8")


@pytest.mark.parametrize("name", ALLOWED)
def test_a_question_is_not_refused_for_its_form(name: str) -> None:
    assert faults_of_sql(ALLOWED[name], "check.sql", relations=READABLE, rows=READABLE_ROWS) == []


def test_the_command_refuses_a_rulebook_with_such_a_check(check: Path) -> None:
    check.write_text(REFUSED["it ends the statement and deletes"][0], encoding="utf-8")
    done = CliRunner().invoke(app, ["rules", "check", str(check.parents[2])])
    assert isinstance(done.exception, RulebookError)
    assert "it has 2 statements" in str(done.exception)


def test_what_a_check_may_read_is_what_there_is() -> None:
    of_law = {field.name for field in fields(Law)} - {"checks", "listed"}  # of the lists, the entries asked about
    assert set(LAW_READ) == of_law | {"entries_on_lists"}
    macros = CHECKS.text("macros")
    assert {name for name in READABLE_ROWS if f"macro {name}(" in macros} == set(READABLE_ROWS)
    assert set(COMPARED) == {"pairs", "alike", *HANDED[1:]}


def law_with(query: str) -> Law:
    law = compile_law(replace(RULEBOOK, controls=(), provisions=(), checks=RULEBOOK.checks[:1]))
    return replace(law, checks=[row | {"query": query, "needs": []} for row in law.checks])


LINES = pa.table(
    {"situation_key": pa.array([1, 2], pa.uint64()), "destination": ["PK", "DE"], "activity": ["export"] * 2}
)
BROUGHT = {
    "an outcome": (
        ENDS.replace("'flagged'", "nullif('flagged', replace(destination, 'PK', 'flagged'))"), "outcome NULL",
    ),
    "a spelling": (ENDS.replace("'flagged'", "concat('Fla', 'gged')"), "outcome 'Flagged'"),
    "a reason": (ENDS.replace("'x'", "nullif(destination, 'DE')"), "because NULL"),
    "a key": (ENDS.replace("situation_key", "nullif(situation_key, 1) as situation_key"), "situation_key NULL"),
    "a key of nothing": (ENDS.replace("situation_key", "situation_key + 7 as situation_key"), "situation_key NULL"),
    "a severity": (ENDS.replace("'x' as because", "'x' as because, upper('high') as severity"), "severity 'HIGH'"),
}


@pytest.mark.parametrize("name", BROUGHT)
def test_a_row_that_says_nothing_of_a_situation_fails_the_run_by_the_name_of_its_rule(name: str) -> None:
    query, problem = BROUGHT[name]
    assert faults_of_sql(query, "check.sql", relations=READABLE) == []
    law = law_with(query)
    with pytest.raises(InputError) as refused, deciding(LINES, law):
        pass
    assert f"the check {law.checks[0]['rule_id']}: in " in str(refused.value)
    assert problem in str(refused.value)


ENDLESS = {
    "a recursion without end": f"with recursive n as (select 1 as i union all select i + 1 from n) {ENDS}"
    " union all by name select i as situation_key from n",
    "billions of rows": f"{ENDS} union all by name select max(hash(range)) as situation_key from range(900000000000)",
}
HUGE = f"{ENDS} union all by name select len(list_transform(range(3000000000), lambda x: x)) as situation_key"


@pytest.mark.parametrize("name", ENDLESS)
def test_sql_that_never_ends_is_stopped_and_named(name: str) -> None:
    law = law_with(ENDLESS[name])
    with pytest.raises(InputError, match=rf"the check {law.checks[0]['rule_id']}: it runs for more than"):
        try_law(law, seconds=0.5)


def test_sql_that_takes_all_memory_is_named() -> None:
    law = law_with(HUGE)
    with pytest.raises(InputError, match=rf"the check {law.checks[0]['rule_id']}: it needs more memory"):
        try_law(law)


def test_a_comparison_that_never_ends_is_stopped_and_named(own: Path) -> None:
    rules, _ = read_comparisons(own)
    one = rules[0]
    endless = (
        "with recursive n as (select 1 as i union all select i + 1 from n) select i::ubigint as subject_key,"
        " 'flagged' as outcome, 'x' as answer, 'x' as because, []::varchar[] as missing from n"
    )
    asked = one.model_copy(update={"queries": dict.fromkeys(one.queries, endless)})
    with pytest.raises(RulebookError, match=f"reconcile/{one.id}/compare.sql: it runs for more than"):
        try_comparisons([asked], RULEBOOK.parameters.rows(), seconds=0.5)

"""Who reads which relation, and who makes them: data runs down the packages, and one runner makes all of it.

The SQL of `transforms/` is parsed by DuckDB itself. What stands in the texts of Python is found by its words.
"""

from __future__ import annotations

import re

from tests.support.sql_files import ROOT, faults_of_names, faults_of_reads, steps
from tests.support.sql_text import found_in_python, found_in_sql, sql_of
from transforms.relations import UPSTREAM

STORED = {"store.sql", "rulebook/law.sql"}
"""The scripts that define tables: what a home stores, and the law. Other scripts define macros alone."""
MAKERS = {
    "transforms/pipeline.py": "the runner",
    "transforms/store.py": "opens the database and makes its tables",
    "transforms/migrations/": "makes the tables of an earlier home those of this version",
    "transforms/ingest/": "reads files through views, and takes back what a reading that broke off left",
}
"""Where Python makes relations in its own words, and why."""
TABLE = r"\bcreate\s+(or\s+replace\s+)?(temp(orary)?\s+)?(table|view)\b"
TRANSACTION = r"^\s*(begin|commit|rollback)(\s+transaction)?\s*;?\s*$"
VARIABLE = r"\bset\s+variable\b|\bgetvariable\b"


def say(faults: list[str]) -> None:
    """Fail with every fault on a line of its own, where there are any."""
    assert not faults, "\n".join(["", *faults])


def test_each_file_is_one_select_or_defines_macros() -> None:
    scripts = {step.shown for step in steps() if step.is_script}
    say([path for path in sorted(scripts - STORED) if re.search(TABLE, sql_of(ROOT / path), re.IGNORECASE)])
    assert scripts >= STORED


def test_a_package_reads_what_is_declared_upstream_or_made_in_it() -> None:
    say(faults_of_reads())


def test_no_name_stands_for_two_relations() -> None:
    say(faults_of_names())


def test_every_package_with_sql_has_its_place() -> None:
    assert {step.package for step in steps()} <= set(UPSTREAM)


def test_python_makes_no_relation_but_by_the_runner() -> None:
    say(found_in_python(TABLE, set(MAKERS)))


def test_one_place_begins_and_ends_transactions() -> None:
    say(found_in_python(TRANSACTION, {"transforms/pipeline.py"}))


def test_no_step_has_arguments_that_are_not_seen() -> None:
    say(found_in_python(VARIABLE, set()) + found_in_sql(VARIABLE, set()))


def test_where_a_row_lies_is_known_to_the_stage_to_ingest_and_to_the_lake_alone() -> None:
    exceptions = {"transforms/cells/", "transforms/ingest/", "transforms/lake/"}
    say(found_in_python(r"\browid\b", exceptions) + found_in_sql(r"\browid\b", exceptions))

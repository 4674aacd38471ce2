"""What the linter of SQL refuses, and what it lets be."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / ".ci" / "sql_lint.py"
SPEC = importlib.util.spec_from_file_location("sql_lint", FILE)
assert SPEC and SPEC.loader
lint = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(lint)

GOOD = """\
-- Which lines have a value? One row per line with one,
-- and its day.
with valued as (
    select l.* exclude (note), struct_pack(day := export_on) as place,
        list_filter($names::varchar[], lambda name: name <> 'SELECT é') as names
    from lines as l
    semi join days using (export_on)
)

from valued
"""
DEFINITIONS = "-- How is a name folded?\ncreate temp macro fold(t) as lower(t);\n\ncreate table names (name varchar);\n"

BAD = [
    ("parse", GOOD.replace("from lines", "from where"), 6),
    ("long-line", GOOD.replace("One row", "One row " + "a" * 100), 1),
    ("tab", GOOD.replace("    semi", "\tsemi"), 7),
    ("trailing-space", GOOD.replace("as l\n", "as l \n"), 6),
    ("indent", GOOD.replace("    semi", "   semi"), 7),
    ("end", GOOD.rstrip("\n"), 10),
    ("end", GOOD + "\n", 12),
    ("question", GOOD.replace("value?", "value."), 1),
    ("question", "select 1 as one\n", 1),
    ("question", "-- One.\n-- Two.\n-- Three?\nselect 1 as one\n", 1),
    ("keyword", GOOD.replace("semi join", "SEMI join"), 7),
    ("keyword", GOOD.replace("exclude", "Exclude"), 4),
    ("keyword", DEFINITIONS.replace("temp macro", "temp MACRO"), 2),
    ("one-select", GOOD.rstrip() + ";\nfrom lines\n", 1),
    ("one-select", DEFINITIONS + "select 1 as one\n", 1),
    ("one-select", "-- Where\n-- to?\npivot lines on export_on using count(*)\n", 1),  # to DuckDB these are several
    ("one-select", "-- Nothing?\n", 1),
    ("one-select", "-- Which?\ndelete from lines\n", 1),
    ("semicolon", GOOD.rstrip() + ";\n", 10),
    ("semicolon", GOOD.rstrip() + ";  -- the end\n", 10),
    ("step-name", GOOD.replace("valued", "isValued"), 3),
    ("unused-step", GOOD.replace("from valued", "from lines"), 3),
    ("unused-step", "-- Which?\nwith recursive one as (\n    select 1 union all from one\n)\n\nselect 2\n", 2),
]


@pytest.mark.parametrize("text", [GOOD, DEFINITIONS])
def test_what_is_well_is_let_be(text):
    assert lint.problems_of(text) == []


@pytest.mark.parametrize("rule, text, line", BAD)
def test_each_rule_refuses(rule, text, line):
    assert [(problem.rule, problem.line) for problem in lint.problems_of(text)] == [(rule, line)]


def test_each_rule_has_an_example():
    named = set(re.findall(r'Problem\(.*?, "([a-z-]+)", ', FILE.read_text("utf-8")))
    assert {rule for rule, _, _ in BAD} | {"long-check"} == named


def test_a_step_read_by_a_later_one_is_used():
    text = "-- Which?\nwith a as (\n    from lines\n),\n\nb as (\n    from a\n)\n\nselect (select max(n) from b) as n\n"
    assert lint.problems_of(text) == []


def test_a_step_that_is_handed_to_a_macro_is_used():
    assert lint.problems_of("-- Which?\nwith spans as (\n    from lines\n)\n\nfrom stretches(spans)\n") == []


def test_the_sql_of_a_check_has_sixty_lines_at_most(tmp_path, capsys):
    text = "-- Which?\nselect\n" + "    1,\n" * 57 + "    2 as two\n"
    assert lint.problems_of(text, is_check=True) == []
    assert lint.problems_of("-- And?\n" + text) == []
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "check.sql").write_text("-- And?\n" + text, encoding="utf-8")
    assert lint.main([str(tmp_path)]) == 1
    assert "check.sql:61: long-check: 60 lines are the most" in capsys.readouterr().out


def test_files_are_found_in_folders_and_told_by_name(tmp_path, capsys):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "good.sql").write_text(GOOD, encoding="utf-8")
    assert lint.main([str(tmp_path)]) == 0
    (tmp_path / "bad.sql").write_text(GOOD.replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert lint.main([str(tmp_path)]) == 1
    assert f"{tmp_path / 'bad.sql'}:1: trailing-space: " in capsys.readouterr().out


def test_no_files_are_not_taken_for_good_ones(tmp_path):
    assert lint.main([str(tmp_path)]) == 1

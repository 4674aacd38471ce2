"""Each fact is declared once: every list of facts, in SQL and in Python, is what `facts.yml` says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.steps import columns_of
from transforms import facts as declared_facts
from transforms.contexts.contexts import ADDED, CONTEXTS
from transforms.decide.families import CONTROL, FILING
from transforms.facts import FAMILIES, all_facts, fact_of_column, facts_by, facts_known_to
from transforms.ledger.turns import KINDS, known_kinds
from transforms.line import BY_NAME
from transforms.situations.situations import SITUATIONS
from transforms.sql import read_sql

TREE = Path(declared_facts.__file__).parent
FACTS = all_facts()
BY_LINE, BY_RECORDS = facts_by("line"), facts_by("records")


def test_facts_sql_computes_the_facts_of_a_line_in_their_order() -> None:
    packed = SITUATIONS.text("facts").split("struct_pack(", 1)[1].split("as situation,", 1)[0]
    assert re.findall(r"(?m)^        (\w+) := ", packed) == list(BY_LINE)


def test_who_finds_a_fact_is_the_line_or_a_folder_of_contexts() -> None:
    folders = {stage.folder.name for stage in ADDED}
    assert {fact.by for fact in BY_RECORDS.values()} == folders
    for stage in ADDED:
        ours = {fact.name for fact in BY_RECORDS.values() if fact.by == stage.folder.name}
        assert ours <= set(re.findall(r"'(\w+)'", stage.text(stage.steps[-1]))), stage.folder.name


@pytest.mark.parametrize(
    ("step", "pattern", "but"),
    [
        ("context_facts", r"filter \(fact = '(\w+)'\)", {"item_rules_out"}),
        # AES is asked of every line, whatever changed
        ("carried_facts", r"fact := '(\w+)'", set()),
    ],
)
def test_what_other_records_add_is_gathered_whole(step: str, pattern: str, but: set[str]) -> None:
    expected = set(BY_RECORDS) - ({"aes_state"} if step == "carried_facts" else set())
    assert set(re.findall(pattern, CONTEXTS.text(step))) - but == expected


def test_a_situation_all_told_has_every_fact_and_nothing_else() -> None:
    made = columns_of(CONTEXTS, "subjects")
    assert set(made) == {"situation_key", "situation_id", *FACTS}
    assert {name: made[name] for name in FACTS} == {name: fact.type for name, fact in FACTS.items()}
    assert set(columns_of(CONTEXTS, "context_facts")) == {
        "line_id", "situation_key", "line_situation_key", *BY_RECORDS
    }  # fmt: skip


def test_a_context_is_counted_as_adding_something_by_each_of_its_facts() -> None:
    last = CONTEXTS.text("context_facts").rsplit("where", 1)[1]
    asked = set(re.findall(r"(\w+) is not null", last))
    told_with_another = {"low_value_missing", "item_proves"}  # never without low_value, and item_says
    assert asked == set(BY_RECORDS) - told_with_another


def test_what_the_controls_know_a_situation_by_are_facts_that_they_ask_for() -> None:
    asked = set(columns_of(CONTROL.stage, "control_situations")) - {"control_key"}
    assert asked <= {name for name in (*BY_LINE, "item_facts", "order_value") if FACTS[name].family == "control"}
    named = re.findall(r"control_key\((.+?)\) as", CONTROL.stage.text("control_key"), re.DOTALL)[0]
    assert set(re.split(r",\s*", named.strip())) == asked


def test_filing_reads_only_facts_that_are_known_to_it() -> None:
    """A fact that only a later family asks for would not open a decided finding of an earlier one again."""
    text = "\n".join(read_sql(path) for path in sorted(FILING.stage.folder.glob("*.sql")))
    assert not {name for name in set(FACTS) - set(facts_known_to("filing")) if re.search(rf"\b{name}\b", text)}


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_asked_for_by_the_law(name: str) -> None:
    places = [*TREE.glob("decide/**/*.sql"), *TREE.parent.glob("rules/checks/*/check.sql")]
    assert [path for path in places if re.search(rf"\b{name}\b", path.read_text(encoding="utf-8"))]


def test_a_check_can_need_the_columns_that_have_a_fact_of_their_own() -> None:
    assert set(fact_of_column()) == {
        "activity", "destination", "eccn", "eei_exemption", "exception_paragraph", "filing_option", "form", "itn",
        "license_code", "license_number", "schedule_b",
    }  # fmt: skip
    assert fact_of_column()["eccn"] == "eccn_recorded"


def test_every_kind_of_rule_is_told_on_what_it_turns() -> None:
    rows = {row["rule_kind"]: row for row in known_kinds()}
    assert set(rows) == set(KINDS)
    assert set(rows["check"]["facts"]) == {name for name, fact in FACTS.items() if fact.reopens}


def test_a_column_reopens_what_the_facts_reopen_that_are_read_from_it() -> None:
    """A fact that a home has not known of a situation before is no change: then the column alone tells of it."""
    order = (*FAMILIES, "comparison", "")
    late = [
        (name, column)
        for name, fact in FACTS.items()
        for column in fact.columns
        if fact.reopens and order.index(BY_NAME[column].reopens) > order.index(fact.family)
    ]
    assert late == []


FAULTY = """\
one: {from: [eccn], by: line, absent: unknown, family: control, reopens: true, meaning: ok}
two: {from: [ecn], by: line, absent: unknown, family: control, reopens: true, meaning: ok}
three: {from: [eccn], by: line, absent: nul, family: parties, reopens: yes, meaning: ok}
four: {from: eccn, by: line, absent: unknown, family: control, reopens: true, meaning: ok, tpye: VARCHAR}
five: {from: [eccn], by: line}
"""


def test_every_fault_of_the_declarations_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "facts.yml").write_text(FAULTY)
    monkeypatch.setattr(declared_facts, "FILE", tmp_path / "facts.yml")
    all_facts.cache_clear()
    with pytest.raises(ValueError) as refused:
        all_facts()
    monkeypatch.undo()
    all_facts.cache_clear()
    assert str(refused.value).splitlines() == [
        "facts.yml: two: from: ecn is not a column of the line (see line.py)",
        "facts.yml: three: absent: nul (allowed: unknown, nothing)",
        "facts.yml: three: family: parties (allowed: control, party, filing, record)",
        "facts.yml: three: reopens: yes (allowed: true, false)",
        "facts.yml: four: tpye: unknown (allowed: from, by, absent, family, reopens, meaning, type, classifies, quiet,"
        " terms)",
        "facts.yml: four: from: a list of columns of the line is needed",
        "facts.yml: five: absent is missing",
        "facts.yml: five: family is missing",
        "facts.yml: five: reopens is missing",
        "facts.yml: five: meaning is missing",
    ]

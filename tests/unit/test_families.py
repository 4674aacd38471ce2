"""A family of the law is a folder of SQL and its rules: another one reaches the findings by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.engine import LAW, screen_lines
from transforms.decide import decide
from transforms.decide.families import FAMILIES, Family
from transforms.pipeline import Stage

LINE = {
    "export_on": "2025-02-03", "activity": "export", "destination": "DE", "eccn": "EAR99", "license_code": "C33",
    "license_number": "NLR", "value_usd": "100",
}  # fmt: skip
TOY = {
    "toy_keys": "select situation_key, 'toy' as family, hash(destination) as subject_key from keyed_subjects",
    "toy_rules": (
        "select 'toy' as family, unnest([1, 2]) as rule_key, null::integer as version_key,"
        " 'toy-' || unnest(['flag', 'silent']) as rule_id, 'toy' as rule_kind, date '2020-01-01' as rule_from,"
        " 'low' as severity, ['a toy law'] as authority, 'put it away' as remedy"
    ),
    "toy_verdicts": (
        "select distinct 'toy' as family, hash(destination) as subject_key, rule_key, date '2024-01-01' as from_on,"
        " date '9999-12-31' as until_on, if(rule_key = 1, 'flagged', 'undetermined') as outcome, 'toy-code' as answer,"
        " 'A toy' as opening, ' is in it.' as statement, ['toy'] as missing, rule_key = 2 as is_rolled_up,"
        " false as has_savings, 'clear' as outcome_if_saved"
        " from keyed_subjects, toy_rules where destination = 'DE'"
    ),
}


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Family:
    for name, text in TOY.items():
        (tmp_path / f"{name}.sql").write_text(text, encoding="utf-8")
    family = Family("toy", Stage("decide", tmp_path, steps=("toy_keys", "toy_rules", "toy_verdicts"), is_shared=True))
    monkeypatch.setattr(decide, "FAMILIES", (*FAMILIES, family))
    return family


def test_a_fifth_family_makes_findings_in_words_and_gathers_what_the_record_leaves_open(toy) -> None:
    lines = [LINE, LINE | {"destination": "FR"}]
    screened = screen_lines(lines, LAW)
    found = {(row["line_number"], row["rule_id"]): row for row in screened.findings}
    assert set(found) == {(0, "toy-flag"), (0, "not-judged")}
    told = found[0, "toy-flag"]
    assert (told["rule_kind"], told["outcome"], told["answer"]) == ("toy", "flagged", "toy-code")
    assert told["severity"] == "low"
    assert told["because"].startswith("A toy on ") and told["because"].endswith(" is in it.")
    assert (told["authority"], told["remedy"]) == (["a toy law"], "put it away")
    gathered = found[0, "not-judged"]
    assert (gathered["rules"], gathered["answer"], gathered["missing"]) == (["toy-silent"], "record-silent", ["toy"])


def test_a_family_holds_on_its_own_days_only(toy) -> None:
    screened = screen_lines([LINE | {"export_on": "2023-12-31"}], LAW)
    assert screened.findings == []

"""A family of the law is a folder of SQL and its rules: another one reaches the findings by itself."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from tests.support.engine import law_of_controls, screen_lines
from transforms.decide import decide
from transforms.decide.families import FAMILIES, Family
from transforms.errors import EarshotError
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


THREE = "(select unnest([1, 3]) as rule_key)"
"""Rules of which one is not among those of the family."""


def add_family(folder: Path, monkeypatch: pytest.MonkeyPatch, texts: dict[str, str]) -> None:
    """Have the law know a family of these steps."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.sql").write_text(text, encoding="utf-8")
    family = Family("toy", Stage("decide", folder, steps=("toy_keys", "toy_rules", "toy_verdicts"), is_shared=True))
    monkeypatch.setattr(decide, "FAMILIES", (*FAMILIES, family))


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_family(tmp_path, monkeypatch, TOY)


def test_a_fifth_family_makes_findings_in_words_and_gathers_what_the_record_leaves_open(toy) -> None:
    lines = [LINE, LINE | {"destination": "FR"}]
    screened = screen_lines(lines, law_of_controls())
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
    screened = screen_lines([LINE | {"export_on": "2023-12-31"}], law_of_controls())
    assert screened.findings == []


@pytest.mark.parametrize(
    ("step", "was", "becomes", "told"),
    [
        ("toy_verdicts", ", toy_rules", f", {THREE}", r"\(family, rule_key\) is in no row of toy_rules.*: toy 3;"),
        ("toy_rules", "'toy' as family", "'toys' as family", "in no row of toy_rules.*: toy 1, toy 2; .*'toy' as"),
        ("toy_verdicts", "hash(destination) as", "7 as", r"\(family, subject_key\) is in no row of toy_keys.*: toy 7;"),
        ("toy_verdicts", "hash(destination) as", "null as", "in no row of toy_keys.*: toy NULL;"),
        ("toy_keys", "from keyed_subjects", "from keyed_subjects where false", r"toy_keys.*: toy \d+;"),
    ],
)
def test_a_verdict_under_no_rule_or_about_no_situation_is_refused_by_family_and_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, was: str, becomes: str, told: str
) -> None:
    add_family(tmp_path / "toy", monkeypatch, TOY | {step: TOY[step].replace(was, becomes)})
    with pytest.raises(EarshotError, match=f"the family toy: .*{told}"):
        screen_lines([LINE], law_of_controls())


def test_what_controls_say_of_the_country_of_another_party_is_about_no_situation_and_is_let_be() -> None:
    situation = {"situation_key": 1, "eccn": "3A999", "destination": "DE", "consignee_elsewhere": "PK"}
    situations = pa.table({name: [value] for name, value in situation.items()})
    situations = situations.set_column(0, "situation_key", situations["situation_key"].cast(pa.uint64()))
    with decide.deciding(situations, law_of_controls()) as decided:
        beside = "from control_verdicts anti join control_keys using (family, subject_key)"
        assert decided.execute(beside).fetchall() != []

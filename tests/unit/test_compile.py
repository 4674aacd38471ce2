"""The rulebook as tables: versions, the stretches of days in which they hold, scopes and terms under shared keys."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.support.drafts import rule
from tests.support.engine import RULEBOOK, law_of, law_of_controls
from transforms.rulebook.compile import Row, compile_law
from transforms.rulebook.model import Rulebook
from transforms.rulebook.places import ALWAYS, FOREVER


def periods(*changes: dict[str, Any]) -> list[tuple[Any, ...]]:
    """(version, first day, last day, whether in force, doubt) of each stretch."""
    keys = ("version_key", "from_on", "until_on", "is_in_force", "doubt")
    return [tuple(row[key] for key in keys) for row in law_of(rule(*changes)).rule_periods]


def test_a_version_without_an_end_holds_for_ever() -> None:
    assert periods({}) == [(0, date(2025, 1, 1), FOREVER, True, None)]


def test_a_version_of_unknown_beginning_has_held_always() -> None:
    assert periods({"from": "unknown"}) == [(0, ALWAYS, FOREVER, True, None)]


def test_a_doubt_before_the_first_day_opens_a_stretch_of_its_own() -> None:
    found = periods({"doubt": {"because": "Which date", "from": "2024-12-01", "until": "2024-12-31"}})
    assert found == [
        (0, date(2024, 12, 1), date(2024, 12, 31), False, "Which date"),
        (0, date(2025, 1, 1), FOREVER, True, None),
    ]


def test_a_doubt_without_dates_is_open_as_long_as_its_version_holds() -> None:
    found = periods({"until": "2025-06-30", "doubt": "Which text"})
    assert found == [(0, date(2025, 1, 1), date(2025, 6, 30), True, "Which text")]


def test_two_doubts_are_told_together_where_they_overlap() -> None:
    doubts = [
        {"because": "One.", "until": "2025-02-10"},
        {"because": "Two.", "from": "2025-02-10", "until": "2025-02-20"},
    ]
    assert [row[1:3] + row[4:] for row in periods({"doubt": doubts})] == [
        (date(2025, 1, 1), date(2025, 2, 9), "One."),
        (date(2025, 2, 10), date(2025, 2, 10), "One. Two."),
        (date(2025, 2, 11), date(2025, 2, 20), "Two."),
        (date(2025, 2, 21), FOREVER, None),
    ]


def test_a_doubt_before_a_later_version_leaves_the_days_of_the_earlier_one_to_it() -> None:
    doubt = {"because": "Which date", "from": "2025-06-01", "until": "2025-07-31"}
    assert periods({"until": "2025-06-30"}, {"from": "2025-08-01", "doubt": doubt}) == [
        (0, date(2025, 1, 1), date(2025, 6, 30), True, None),
        (1, date(2025, 7, 1), date(2025, 7, 31), False, "Which date"),
        (1, date(2025, 8, 1), FOREVER, True, None),
    ]


def test_equal_scopes_and_terms_share_a_key_and_others_do_not() -> None:
    same, other = rule(), rule({"destinations": {"countries": ["IN"]}, "exceptions": {"others": "own_terms"}})
    law = law_of(same, same.model_copy(update={"id": "same"}), other.model_copy(update={"id": "other"}))
    by_rule = {row["rule_id"]: row for row in law.rule_versions}
    keys = ("item_key", "place_key", "terms_key")
    assert [by_rule["draft"][key] for key in keys] == [by_rule["same"][key] for key in keys]
    assert by_rule["draft"]["item_key"] == by_rule["other"]["item_key"]
    assert all(by_rule["draft"][key] != by_rule["other"][key] for key in keys[1:])


def test_the_stance_of_an_exception_follows_from_its_terms() -> None:
    terms = {
        "others": "closed",
        "LVS": "closed",
        "RPL": "own_terms",
        "TMP": {"paragraphs": ["740.9(a)(1)"]},
        "GBS": {"destinations": {"groups": ["B"]}},
        "GOV": {"doubt": "Whether it is open"},
        "TSR": {"own_terms": "true", "destinations": {"groups": ["B"]}},
    }
    found = {row["symbol"]: row["stance"] for row in law_of(rule({"exceptions": terms})).exception_terms}
    assert found == {
        "*": "closed", "LVS": "closed", "RPL": "own_terms", "TMP": "open", "GBS": "open", "GOV": "doubtful",
        "TSR": "own_terms",
    }  # fmt: skip


def test_the_first_day_of_a_law_is_that_of_its_first_rule_or_doubt() -> None:
    assert law_of(rule({"doubt": {"because": "Which date", "from": "2024-11-25"}})).first_day == date(2024, 11, 25)
    assert law_of().first_day is None


def test_the_order_of_the_rules_changes_no_table() -> None:
    backwards = type(RULEBOOK)(RULEBOOK.root, RULEBOOK.tables_dir, "", RULEBOOK.controls[::-1], {})
    assert compile_law(backwards) == law_of_controls()


def test_equal_content_is_compiled_once_and_other_content_anew(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    shutil.copytree(RULEBOOK.tables_dir, tables)
    one = Rulebook(tmp_path, tables, "", (rule(),), {})
    law = compile_law(one)
    assert compile_law(Rulebook(tmp_path, tables, "another", (rule(),), {})) is law
    assert compile_law(replace(one, controls=(rule({"until": "2025-06-30"}),))) != law
    signals = tables / "signals.csv"
    signals.write_text("\n".join(signals.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    assert len(compile_law(one).signals) == len(law.signals) - 1


def test_every_key_that_one_table_uses_another_defines() -> None:
    def keys(rows: list[Row], *names: str) -> set[object]:
        return {row[name] for row in rows for name in names if row.get(name) is not None}

    law = law_of_controls()
    assert keys(law.rule_versions, "terms_key") == keys(law.exception_terms, "terms_key")
    used = keys(law.rule_versions, "place_key") | keys(law.exception_terms, "place_key")
    assert used == keys(law.place_words, "place_key")
    used = keys(law.rule_versions, "item_key") | keys(law.exception_terms, "item_key")
    assert used | keys(law.rule_periods, "doubted_item_key") == keys(law.item_words, "item_key")
    assert keys(law.rule_periods, "version_key") == keys(law.rule_versions, "version_key")


def test_a_code_that_takes_a_number_of_its_own_is_told_from_one_named_by_its_symbol() -> None:
    codes = {row["code"]: row["takes_own_number"] for row in law_of_controls().license_codes}
    assert codes["C51"] is True
    assert codes["C67"] is True
    assert codes["C33"] is False
    assert codes["C36"] is False

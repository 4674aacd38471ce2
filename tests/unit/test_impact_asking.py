"""How a question may be put: in a notebook, and by a draft that is refused before anything is asked."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from flows.jobs.impact import find_impact, what_if
from flows.settings import RULES, Home
from tests.support.impacts import YEAR, put
from transforms.errors import InputError


def test_a_notebook_may_give_one_rule_and_days_as_text(home: Home) -> None:
    put(home, {})
    frame = what_if(home, "pakistan-rs", first_day="2024-01-01", last_day="2024-12-31", baseline=None)
    assert frame.attrs["impact"]["lines"] == {"certain": 1, "possible": 0}
    with pytest.raises(InputError, match="soon: not a date"):
        what_if(home, "pakistan-rs", first_day="soon")


def test_a_first_day_to_come_needs_no_last_one(home: Home) -> None:
    put(home, {})
    found = find_impact(home, ["pakistan-rs"], first_day=date(2098, 1, 1))
    assert found.told["period"]["lines"] == 0


def draft_of(folder: Path, rule: str, **changes: str) -> str:
    shutil.copytree(RULES / rule, folder)
    path = folder / "rule.yml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(f"{old}: {Path(rule).name}", f"{old}: {new}", 1)
    path.write_text(text, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(("rule_id", "kind"), [("itn-reused", "check"), ("value-differs", "comparison with AES")])
def test_a_draft_cannot_take_the_id_of_another_kind_of_rule(
    home: Home, tmp_path: Path, rule_id: str, kind: str
) -> None:
    put(home, {})
    with pytest.raises(InputError, match=f"{rule_id}: the id of a {kind} in the rulebook"):
        find_impact(home, [draft_of(tmp_path / "draft", "controls/pakistan-rs", id=rule_id)], **YEAR)


def test_a_check_whose_sql_cannot_be_run_is_bad_input_by_its_name(home: Home, tmp_path: Path) -> None:
    put(home, {})
    draft = draft_of(tmp_path / "draft", "checks/itn-malformed", id="my-check")
    (Path(draft) / "check.sql").write_text("select nonsense from subject\n", encoding="utf-8")
    with pytest.raises(InputError, match="the check my-check: its SQL cannot be run"):
        find_impact(home, [draft], **YEAR)

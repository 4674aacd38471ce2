"""Facts are told by numbers and lists of the rulebook: where these change, facts are made anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows.jobs.impact import open_past
from flows.jobs.screen import screen_home
from flows.jobs.verify import verify
from flows.settings import RULES
from tests.support.desk import Desk
from tests.support.lines import LINE
from tests.support.office import TODAY
from transforms.errors import InputError, RulebookError

WENT = LINE | {"intermediate_country": "MX", "destination": "CN", "schedule_b": "8471300000"}
VIA = "select distinct via_country from situations join lines using (situation_key)"
HEADING = "select distinct hs6 from situations join lines using (situation_key)"


def extract(**other: str) -> str:
    row = WENT | other
    return f"{','.join(row)}\n{','.join(row.values())}\n"


def change(desk: Desk, name: str, before: str, after: str) -> None:
    rules = desk.home.root / "rules"
    if not rules.is_dir():
        shutil.copytree(RULES, rules)
    path = rules / "parameters" / f"{name}.yml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_a_country_that_joins_a_list_is_seen_in_lines_that_were_loaded_before(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.take(extract())
    assert desk.rows(VIA) == [("",)]
    change(desk, "transshipment-countries", "[AU, CA, GB]", "[AU, CA, GB, MX]")
    screen_home(desk.home, TODAY)
    assert desk.rows(VIA) == [("MX",)]
    assert "other numbers and lists of the law than its rulebook now has" in capsys.readouterr().err


def test_it_is_made_anew_once_and_lines_that_come_are_told_by_it_too(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    change(desk, "filing-headings", '["7102", "9027"]', '["7102", "8471", "9027"]')
    desk.take(extract())
    assert desk.rows(HEADING) == [("847130",)]
    screen_home(desk.home, TODAY)
    assert "other numbers and lists" not in capsys.readouterr().err


def test_parameters_at_fault_are_told_before_anything_is_loaded(desk: Desk) -> None:
    change(desk, "transshipment-countries", "[AU, CA, GB]", "[AU, Canada]")
    with pytest.raises(RulebookError, match=r"transshipment-countries\.yml: values"):
        desk.take(extract())
    assert not desk.home.database.exists()


def test_a_run_told_by_other_lists_than_now_is_not_proved_and_why_is_told(desk: Desk) -> None:
    desk.take(extract())
    screen_home(desk.home, TODAY)
    change(desk, "transshipment-countries", "[AU, CA, GB]", "[AU, CA, GB, MX]")
    (proof,) = verify(desk.home).runs
    assert proof.reproduced is None
    assert "rulebook of the home now: transshipment-countries" in proof.why


def test_a_law_that_counts_what_no_fact_tells_is_refused(desk: Desk, tmp_path: Path) -> None:
    desk.take(extract())
    baseline = tmp_path / "rules"
    shutil.copytree(RULES, baseline)
    path = baseline / "parameters" / "transshipment-countries.yml"
    path.write_text(path.read_text().replace("[AU, CA, GB]", "[AU, CA, GB, MX]", 1))
    with open_past(desk.home) as past:
        with pytest.raises(InputError, match=r"\(transshipment-countries: MX\)"):
            past.ask(["pakistan-rs"], baseline=baseline)
        for other in (baseline, path):  # a whole rulebook, and a draft of the parameter
            with pytest.raises(InputError, match=r"\(transshipment-countries: MX\)"):
                past.ask([str(other)])

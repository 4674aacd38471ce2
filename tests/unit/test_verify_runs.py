"""A run can be made again from what was noted of it, or it is told why it cannot be proved."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from flows.jobs.retain import retain
from flows.jobs.screen import screen_home
from flows.jobs.verify import verify
from flows.settings import RULES, Home, now
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from tests.support.office import TODAY, Office
from tests.support.verifying import last_run, tampered
from transforms.errors import InputError
from transforms.rulebook.hashes import rulebook_hash
from transforms.rulebook.kept import keep_rulebook, unpack_rulebook


@pytest.mark.long
def test_what_came_later_does_not_change_how_an_earlier_run_is_made_again(desk: Desk) -> None:
    office = Office(desk)
    office.take({"shipment_id": "A"}, {"shipment_id": "B", "destination": "Freedonia"})
    office.screen(TODAY - timedelta(days=2))
    desk.take(extract(row("B"), row("C")), "fewer-columns.csv")
    office.screen(TODAY - timedelta(days=1))
    desk.take("part_number,eccn,valid_from\nP,EAR99,2024-01-01\n", "items.csv")
    office.take({"shipment_id": "A", "value_usd": "5"}, {"shipment_id": "D", "export_on": "?"})
    office.screen()
    proved = verify(desk.home, every=True)
    assert [(one.reproduced, one.differing) for one in proved.runs] == [(True, [])] * 3


def test_a_manifest_that_was_changed_does_not_make_the_name_of_its_run(copied_home: Home) -> None:
    path = last_run(copied_home) / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"rows_in": 2', '"rows_in": 3', 1), encoding="utf-8")
    (proof,) = verify(copied_home).runs
    assert (proof.reproduced, "do not make its name" in proof.why) == (False, True)


def test_lines_that_were_changed_make_another_run(copied_home: Home) -> None:
    proved = tampered(copied_home, "update lines set value_usd = 1 where shipment_id = 'A'")
    assert proved.runs[0].reproduced is False
    assert "findings.parquet" in proved.runs[0].differing


def test_a_kept_rulebook_that_was_changed_is_named(copied_home: Home) -> None:
    (kept,) = copied_home.rulebooks.iterdir()
    kept.write_bytes(kept.read_bytes()[:-10])
    (proof,) = verify(copied_home).runs
    assert (proof.reproduced, kept.name in proof.why) == (False, True)


def test_a_run_is_made_again_under_its_own_rulebook_when_the_rules_have_changed_since(copied_home: Home) -> None:
    shutil.copytree(RULES, copied_home.root / "rules")
    rule = copied_home.root / "rules" / "controls" / "pakistan-rs" / "rule.yml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("from: 2024-12-26", "from: 2025-06-01", 1))
    screen_home(copied_home, TODAY)
    proved = verify(copied_home, every=True)
    assert [one.reproduced for one in proved.runs] == [True] * 4
    assert len(list(copied_home.rulebooks.iterdir())) == 2


def test_a_screening_of_what_was_known_then_can_be_made_again_too(copied_home: Home) -> None:
    run = screen_home(copied_home, TODAY, known_at=now()).run_id
    assert [one.reproduced for one in verify(copied_home, [run]).runs] == [True]


def unproved(home: Home, *runs: str) -> str:
    proved = verify(home, runs)
    assert (proved.holds, proved.runs[0].reproduced) == (True, None)
    return proved.runs[0].why


def test_a_run_of_another_version_cannot_be_proved_and_says_so(
    copied_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.jobs.screening.VERSION", "9.9")
    assert "this is earshot 9.9" in unproved(copied_home)


def test_a_run_whose_rulebook_is_not_kept_cannot_be_proved(copied_home: Home) -> None:
    shutil.rmtree(copied_home.rulebooks)
    assert verify(copied_home).runs[0].reproduced  # the shipped rulebook is still that one
    shutil.copytree(RULES, copied_home.root / "rules")
    (copied_home.root / "rules" / "coverage.yml").open("a").write("# changed\n")
    assert "is not kept" in unproved(copied_home)


def test_a_run_before_an_archive_cannot_be_proved(desk: Desk) -> None:
    office = Office(desk)
    office.take({"shipment_id": "A", "export_on": "2015-01-05", "itn": ""}, {"shipment_id": "B"})
    office.screen()
    assert retain(desk.home, TODAY, 5, archive=True).archive is not None
    assert "lines were archived after the run" in unproved(desk.home)


def test_a_run_that_was_not_noted_cannot_be_proved(copied_home: Home) -> None:
    early = screen_home(copied_home, TODAY - timedelta(days=9)).run_id
    assert "the journal has no entry for it" in unproved(copied_home, early)


def test_a_run_that_is_none_is_refused(noted_home: Home) -> None:
    with pytest.raises(InputError, match="no such run"):
        verify(noted_home, ["2026-01-01-0000000000"])


def test_a_kept_rulebook_is_the_same_bytes_each_time_and_comes_back_with_its_hash(tmp_path: Path) -> None:
    digest = rulebook_hash(RULES)
    one, two = (keep_rulebook(RULES, digest, tmp_path / name) for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert rulebook_hash(unpack_rulebook(tmp_path / "one", digest, tmp_path)) == digest

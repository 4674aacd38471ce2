"""What was noted can be proved: each change of the journal, the ledger or a run's files is found and named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.jobs.retain import retain
from flows.jobs.screen import screen_home
from flows.jobs.verify import Verified, verify
from flows.settings import RULES, Home, now
from tests.conftest import Desk, extract, make_desk, row
from tests.deciding import TODAY, Office
from transforms.errors import InputError
from transforms.rulebook.hashes import rulebook_hash
from transforms.rulebook.kept import keep_rulebook, unpack_rulebook


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with three screenings and two decisions: entries 1 and 3 and 5 are screenings."""
    office = Office(make_desk(tmp_path_factory.mktemp("lived")))
    office.take({"shipment_id": "A"}, {"shipment_id": "B"})
    office.screen(TODAY - timedelta(days=1))
    office.decide("authorized", office.finding("A"))
    office.take({"shipment_id": "C"}, {"shipment_id": "D", "export_on": "not a day"})
    office.screen()
    office.decide("escalated", office.finding("B"))
    office.screen()
    return office.desk.home


@pytest.fixture
def home(lived: Home, tmp_path: Path) -> Home:
    """Return a copy of it, to be tampered with."""
    shutil.copytree(lived.root, tmp_path / "home")
    return Home(tmp_path / "home")


def tampered(home: Home, *statements: str) -> Verified:
    """Change the database by other means than Earshot's, and verify."""
    with duckdb.connect(str(home.database)) as connection:
        for statement in statements:
            connection.execute(statement)
    return verify(home)


def last_run(home: Home) -> Path:
    return home.reports / home.seals.read_text(encoding="utf-8").splitlines()[-1].split("\t")[2]


def test_what_nobody_touched_holds_and_every_run_can_be_made_again_byte_for_byte(lived: Home) -> None:
    proved = verify(lived, every=True)
    assert (proved.holds, proved.entries, proved.runs_checked) == (True, 5, 3)
    assert [(one.reproduced, one.differing, len(one.files)) for one in proved.runs] == [(True, [], 7)] * 3
    assert [path.name for path in lived.reports.iterdir() if path.name.startswith(".")] == []


def test_the_findings_that_were_ever_made_are_counted_by_how_they_stand(lived: Home) -> None:
    with duckdb.connect(str(lived.database)) as connection:
        ((made,),) = connection.execute("select count(distinct finding_id) from ledger_events").fetchall()
    assert sum(verify(lived).findings.values()) == made
    assert verify(lived).findings["closed by decision"] == 1


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


JOURNAL = {
    "an event": (
        ["update ledger_events set cause = 'rule changed' where entry = 1"],
        ["entry 1 (run "], "are not those that were sealed",
    ),
    "a decision taken out": (
        ["delete from dispositions where entry = 2"], ["entry 2 (decision authorized"], "(1 rows, 2 sealed)"
    ),
    "who decided": (
        ["update journal set done_by = 'Bob' where entry = 2"], ["entry 2 (decision"], "says of itself in the journal"
    ),
    "a decision added": (
        ["insert into dispositions select * replace (9 as entry) from dispositions where entry = 2"],
        ["dispositions: 1 rows are of entry 9"], "which is not in the journal",
    ),
    "an entry taken out": (
        ["delete from journal where entry = 2"],
        ["journal: entry 2 is missing", "entry 3 (run "], "it does not follow the entry before it",
    ),
    "the last entry and all that tells of it": (
        [f"delete from {table} where entry = 5" for table in ("journal", "ledger_events", "dispositions")],
        ["journal.txt, line 5: tells of entry '5'"], "which the database does not have",
    ),
    "an entry without a number": (
        ["update journal set entry = null where entry = 5"], ["journal: 1 entries lack"], "by other means"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("statements", "begins", "told"), JOURNAL.values(), ids=JOURNAL.keys())
def test_a_change_of_the_journal_is_found_and_named(
    home: Home, statements: list[str], begins: list[str], told: str
) -> None:
    proved = tampered(home, *statements)
    assert not proved.holds
    assert [one for one in begins if not any(fault.startswith(one) for fault in proved.chain)] == []
    assert any(told in fault for fault in proved.chain)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("update ledger set state = 'closed', closed_by = 'record' where state = 'open'", "state closed, not open"),
        ("update ledger set first_seen_on = first_seen_on + 1", "first seen on"),
        ("delete from ledger where closed_by = 'decision'", "it is not there"),
        ("insert into ledger select * replace ('x' as finding_id) from ledger limit 1", "finding x: no event tells"),
        ("update ledger set decided_in = 3 where decided_in = 2", "decided in entry 3, not 2"),
    ],
)
def test_a_ledger_that_is_not_what_the_journal_adds_up_to_is_found(home: Home, change: str, told: str) -> None:
    proved = tampered(home, change)
    assert (proved.holds, proved.chain) == (False, [])
    assert any(told in fault for fault in proved.ledger)


def edit_line(home: Home, at: int, change: Callable[[str], str | None]) -> None:
    lines: list[str | None] = list(home.seals.read_text(encoding="utf-8").splitlines())
    lines[at - 1] = change(str(lines[at - 1]))
    home.seals.write_text("".join(f"{one}\n" for one in lines if one is not None), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda line: line[:-1] + ("0" if line[-1] != "0" else "1"), "journal.txt, line 3: says otherwise of entry 3"),
        (lambda line: line.replace("run", "ran"), "journal.txt, line 3: says otherwise of entry 3"),
        (lambda line: None, "journal.txt: entry 3 is missing"),
        (lambda line: f"{line}\n{line}", "journal.txt, line 4: tells of entry 3 again"),
    ],
)
def test_a_change_of_the_file_of_seals_is_found(home: Home, change: Callable[[str], str | None], told: str) -> None:
    edit_line(home, 3, change)
    assert [fault[: len(told)] for fault in verify(home).chain] == [told]


def test_a_file_of_seals_that_is_gone_is_found(home: Home) -> None:
    home.seals.unlink()
    assert verify(home).chain == ["journal.txt: is missing"]


def test_a_file_of_a_run_that_was_changed_is_named_twice_by_its_hash_and_by_making_it_again(home: Home) -> None:
    run = last_run(home)
    path = run / "findings.parquet"
    with duckdb.connect() as connection:
        connection.execute("create table held as from read_parquet(?) offset 1", [str(path)])
        connection.sql("from held").write_parquet(str(path))
    proved = verify(home)
    assert proved.files == [f"{run.name}/findings.parquet: is not the file that was written with the run"]
    assert (proved.holds, proved.runs[0].differing) == (False, ["findings.parquet"])


def test_a_file_of_a_run_that_is_gone_is_named(home: Home) -> None:
    (last_run(home) / "summary.html").unlink()
    assert verify(home).files == [f"{last_run(home).name}/summary.html: is missing"]


def test_a_manifest_that_was_changed_does_not_make_the_name_of_its_run(home: Home) -> None:
    path = last_run(home) / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"rows_in": 2', '"rows_in": 3', 1), encoding="utf-8")
    (proof,) = verify(home).runs
    assert (proof.reproduced, "do not make its name" in proof.why) == (False, True)


def test_lines_that_were_changed_make_another_run(home: Home) -> None:
    proved = tampered(home, "update lines set value_usd = 1 where shipment_id = 'A'")
    assert proved.runs[0].reproduced is False
    assert "findings.parquet" in proved.runs[0].differing


def test_a_kept_rulebook_that_was_changed_is_named(home: Home) -> None:
    (kept,) = home.rulebooks.iterdir()
    kept.write_bytes(kept.read_bytes()[:-10])
    (proof,) = verify(home).runs
    assert (proof.reproduced, kept.name in proof.why) == (False, True)


def test_a_run_is_made_again_under_its_own_rulebook_when_the_rules_have_changed_since(home: Home) -> None:
    shutil.copytree(RULES, home.root / "rules")
    rule = home.root / "rules" / "controls" / "pakistan-rs" / "rule.yml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("from: 2024-12-26", "from: 2025-06-01", 1))
    screen_home(home, TODAY)
    proved = verify(home, every=True)
    assert [one.reproduced for one in proved.runs] == [True] * 4
    assert len(list(home.rulebooks.iterdir())) == 2


def test_a_screening_of_what_was_known_then_can_be_made_again_too(home: Home) -> None:
    run = screen_home(home, TODAY, known_at=now()).run_id
    assert [one.reproduced for one in verify(home, [run]).runs] == [True]


def unproved(home: Home, *runs: str) -> str:
    proved = verify(home, runs)
    assert (proved.holds, proved.runs[0].reproduced) == (True, None)
    return proved.runs[0].why


def test_a_run_of_another_version_cannot_be_proved_and_says_so(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.jobs.reproduce.VERSION", "9.9")
    assert "this is earshot 9.9" in unproved(home)


def test_a_run_whose_rulebook_is_not_kept_cannot_be_proved(home: Home) -> None:
    shutil.rmtree(home.rulebooks)
    assert verify(home).runs[0].reproduced  # the shipped rulebook is still that one
    shutil.copytree(RULES, home.root / "rules")
    (home.root / "rules" / "coverage.yml").open("a").write("# changed\n")
    assert "is not kept" in unproved(home)


def test_a_run_before_an_archive_cannot_be_proved(desk: Desk) -> None:
    office = Office(desk)
    office.take({"shipment_id": "A", "export_on": "2015-01-05", "itn": ""}, {"shipment_id": "B"})
    office.screen()
    assert retain(desk.home, TODAY, 5, archive=True).archive is not None
    assert "lines were moved to an archive since" in unproved(desk.home)


def test_a_run_that_was_not_noted_cannot_be_proved(home: Home) -> None:
    early = screen_home(home, TODAY - timedelta(days=9)).run_id
    assert "not noted in the journal" in unproved(home, early)


def test_a_run_that_is_none_is_refused(lived: Home) -> None:
    with pytest.raises(InputError, match="no run of that name"):
        verify(lived, ["2026-01-01-0000000000"])


def test_a_kept_rulebook_is_the_same_bytes_each_time_and_comes_back_with_its_hash(tmp_path: Path) -> None:
    digest = rulebook_hash(RULES)
    one, two = (keep_rulebook(RULES, digest, tmp_path / name) for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert rulebook_hash(unpack_rulebook(tmp_path / "one", digest, tmp_path)) == digest


def test_a_home_without_a_screening_holds(desk: Desk) -> None:
    Office(desk).take({"shipment_id": "A"})
    proved: Any = verify(desk.home)
    assert (proved.holds, proved.entries, proved.runs) == (True, 0, [])

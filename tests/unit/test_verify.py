"""What was noted can be proved: each change of the journal, the ledger or a run's files is found and named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from flows.jobs.verify import verify
from flows.settings import Home
from tests.support.desk import Desk
from tests.support.office import Office
from tests.support.verifying import last_run, tampered


def test_what_nobody_touched_holds_and_every_run_can_be_made_again_byte_for_byte(noted_home: Home) -> None:
    proved = verify(noted_home, every=True)
    assert (proved.holds, proved.entries, proved.runs_checked) == (True, 5, 3)
    assert [(one.reproduced, one.differing, len(one.files)) for one in proved.runs] == [(True, [], 7)] * 3
    assert [path.name for path in noted_home.reports.iterdir() if path.name.startswith(".")] == []


def test_the_findings_that_were_ever_made_are_counted_by_how_they_stand(noted_home: Home) -> None:
    with duckdb.connect(str(noted_home.database)) as connection:
        ((made,),) = connection.execute("select count(distinct finding_id) from ledger_events").fetchall()
    assert sum(verify(noted_home).findings.values()) == made
    assert verify(noted_home).findings["closed by decision"] == 1


JOURNAL = {
    "an event": (
        ["update ledger_events set cause = 'rule changed' where entry = 1"],
        ["entry 1 (run "], "differ from the sealed rows",
    ),
    "a decision taken out": (
        ["delete from dispositions where entry = 2"], ["entry 2 (decision authorized"], "(1 rows, 2 sealed)"
    ),
    "who decided": (
        ["update journal set done_by = 'Bob' where entry = 2"], ["entry 2 (decision"], "differ from the sealed fields"
    ),
    "a decision added": (
        ["insert into dispositions select * replace (9 as entry) from dispositions where entry = 2"],
        ["dispositions: 1 rows of entry 9"], "which is not in the journal",
    ),
    "an entry taken out": (
        ["delete from journal where entry = 2"],
        ["journal: entry 2 is missing", "entry 3 (run "], "its seal does not match the entry before it",
    ),
    "the last entry and all that tells of it": (
        [f"delete from {table} where entry = 5" for table in ("journal", "ledger_events", "dispositions")],
        ["journal.txt, line 5: names entry '5'"], "which is not in the database",
    ),
    "an entry without a number": (
        ["update journal set entry = null where entry = 5"], ["journal: 1 entries lack"], "Another program changed"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("statements", "begins", "told"), JOURNAL.values(), ids=JOURNAL.keys())
def test_a_change_of_the_journal_is_found_and_named(
    copied_home: Home, statements: list[str], begins: list[str], told: str
) -> None:
    proved = tampered(copied_home, *statements)
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
def test_a_ledger_that_is_not_what_the_journal_adds_up_to_is_found(copied_home: Home, change: str, told: str) -> None:
    proved = tampered(copied_home, change)
    assert (proved.holds, proved.chain) == (False, [])
    assert any(told in fault for fault in proved.ledger)


def edit_line(home: Home, at: int, change: Callable[[str], str | None]) -> None:
    lines: list[str | None] = list(home.seals.read_text(encoding="utf-8").splitlines())
    lines[at - 1] = change(str(lines[at - 1]))
    home.seals.write_text("".join(f"{one}\n" for one in lines if one is not None), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda line: line[:-1] + ("0" if line[-1] != "0" else "1"), "journal.txt, line 3: entry 3 differs"),
        (lambda line: line.replace("run", "ran"), "journal.txt, line 3: entry 3 differs"),
        (lambda line: None, "journal.txt: entry 3 is missing"),
        (lambda line: f"{line}\n{line}", "journal.txt, line 4: entry 3 occurs again"),
    ],
)
def test_a_change_of_the_file_of_seals_is_found(
    copied_home: Home, change: Callable[[str], str | None], told: str
) -> None:
    edit_line(copied_home, 3, change)
    assert [fault[: len(told)] for fault in verify(copied_home).chain] == [told]


def test_a_file_of_seals_that_is_gone_is_found(copied_home: Home) -> None:
    copied_home.seals.unlink()
    assert verify(copied_home).chain == ["journal.txt: is missing"]


def test_a_file_of_a_run_that_was_changed_is_named_twice_by_its_hash_and_by_making_it_again(copied_home: Home) -> None:
    run = last_run(copied_home)
    path = run / "findings.parquet"
    with duckdb.connect() as connection:
        connection.execute("create table held as from read_parquet(?) offset 1", [str(path)])
        connection.sql("from held").write_parquet(str(path))
    proved = verify(copied_home)
    assert proved.files == [f"{run.name}/findings.parquet: is not the file that was written with the run"]
    assert (proved.holds, proved.runs[0].differing) == (False, ["findings.parquet"])


def test_a_file_of_a_run_that_is_gone_is_named(copied_home: Home) -> None:
    (last_run(copied_home) / "summary.html").unlink()
    assert verify(copied_home).files == [f"{last_run(copied_home).name}/summary.html: is missing"]


def test_a_home_without_a_screening_holds(desk: Desk) -> None:
    Office(desk).take({"shipment_id": "A"})
    proved: Any = verify(desk.home)
    assert (proved.holds, proved.entries, proved.runs) == (True, 0, [])

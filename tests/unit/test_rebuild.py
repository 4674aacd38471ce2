"""A database that is lost is built again from landed files and the mirror, and what cannot be had again is named."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

import flows.jobs.rebuild as job
from flows.jobs.rebuild import Workshop, rebuild
from flows.jobs.retain import retain
from flows.jobs.verify import verify
from flows.settings import Home, now
from tests.support.desk import Desk
from tests.support.office import Office
from tests.support.remains import held, lived_through
from transforms.errors import EarshotError, HomeLost, InputError
from transforms.mirror.keep import part_folders


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an office with a long history; for tests that change nothing."""
    return lived_through(tmp_path_factory.mktemp("lived"))


@pytest.fixture
def office(lived: Office, tmp_path: Path) -> Office:
    """Return a copy of it whose database is gone."""
    shutil.copytree(lived.desk.home.root, tmp_path / "home")
    home = Home(tmp_path / "home")
    home.database.unlink()
    return Office(Desk(home), lived.taken)


def test_all_that_is_recorded_is_had_again_and_the_next_night_goes_on(lived: Office, office: Office) -> None:
    home = office.desk.home
    done = rebuild(home)
    assert done.is_whole
    assert (done.files, done.entries, done.decisions, done.unknown) == (6, 3, 1, [])
    assert held(home.database) == held(lived.desk.home.database)
    assert not Workshop(home.root).database.exists()
    proof = verify(home)
    assert (proof.chain, proof.ledger, proof.files) == ([], [], [])
    assert proof.runs[0].reproduced
    office.take({"shipment_id": "A", "value_usd": "95000.00"})
    screened = office.screen(now().date())
    assert office.state_in(screened, "A") == ["reopened"]
    assert office.last_event("E")[:2] == ("new", "line recorded")
    assert verify(home).holds


def die_at(home: Home, where: str, times: int) -> None:
    """Rebuild in a process that is killed when it calls a function of the job for the nth time."""
    process = os.fork()
    if not process:
        real, calls = getattr(job, where), iter(range(1, 99))

        def call(*given: object) -> object:
            if next(calls) == times:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given)

        setattr(job, where, call)
        rebuild(home)
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(process, 0)[1])


def test_a_rebuild_that_was_killed_goes_on_where_it_was(lived: Office, office: Office) -> None:
    home = office.desk.home
    for where, times in (("_load", 4), ("sync", 1)):  # three files are loaded; all is there but in its place
        die_at(home, where, times)
        assert not home.database.exists()
        with pytest.raises(HomeLost, match="earshot rebuild"):
            office.take({"shipment_id": "Z"})
    assert rebuild(home).is_whole
    assert held(home.database) == held(lived.desk.home.database)


@pytest.mark.long
def test_a_rebuild_with_a_file_missing_between_others_begins_anew(lived: Office, office: Office) -> None:
    home = office.desk.home
    away = [path for path in home.landed.iterdir() if path.name.endswith("semi.csv")]
    text = away[0].read_bytes()
    away[0].unlink()
    done = rebuild(home)
    assert done.not_loaded == [f"semi.csv: its file, {away[0].name}, is not in landed/"]
    home.database.rename(Workshop(home.root).database)  # as a kill would leave it, but for one file
    away[0].write_bytes(text)
    assert rebuild(home).is_whole
    assert held(home.database) == held(lived.desk.home.database)


def test_what_is_lost_is_told_by_name_and_nothing_is_written_over(lived: Office, office: Office) -> None:
    home = office.desk.home
    shutil.copy(lived.desk.home.database, home.database)
    with pytest.raises(InputError, match="never writes over a database"):
        rebuild(home)
    assert home.database.read_bytes() == lived.desk.home.database.read_bytes()
    home.database.unlink()
    shutil.rmtree(part_folders(home.mirror)[-1])  # the last file is not in the mirror
    with home.seals.open("a", encoding="utf-8") as seals:
        seals.write(f"4\tdecision\tauthorized, 1 finding of 1 line\t2026-11-20T10:00:00Z\t{'a' * 64}\n")
    done = rebuild(home)
    assert not done.is_whole
    assert [line.split("\t")[2] for line in done.lost_entries] == ["authorized, 1 finding of 1 line"]
    assert "last.csv: nothing records that it was loaded" in done.unknown[0]
    assert list(home.root.glob("journal.until-*.txt"))
    assert verify(home).chain == []


@pytest.mark.long
def test_without_a_mirror_the_files_come_again_in_the_order_that_the_runs_tell(office: Office) -> None:
    home = office.desk.home
    shutil.rmtree(home.mirror)
    done = rebuild(home)
    assert [line.split("\t")[1] for line in done.lost_entries] == ["run", "decision", "run"]
    assert "No mirror" in done.notes[0]
    assert done.files >= 4
    names = [name for (name,) in office.desk.rows("select file_name from batches order by batch_id")]
    assert names.index("extract-1.csv") < names.index("extract-3.csv")
    assert office.desk.rows("select value_usd from lines where shipment_id = 'B' and known_until is null") == [(90,)]
    assert office.screen(now().date()).lines >= 4


@pytest.mark.long
def test_what_was_archived_is_not_in_the_tables_again(desk: Desk) -> None:
    office, home = Office(desk), desk.home
    old = {"shipment_id": "OLD", "export_on": "2015-02-03", "itn": "X20150202123456"}
    office.take(old)
    office.take({**old, "shipment_id": "OLD2"}, {"shipment_id": "N"})
    assert retain(home, now().date(), archive=True).rows["lines"] == 2
    office.take({**old, "shipment_id": "OLD2"}, {"shipment_id": "M"})  # comes again, and is a line again
    before, landed = held(home.database), sorted(home.landed.iterdir())
    home.database.unlink()
    assert rebuild(home).is_whole
    assert (held(home.database), sorted(home.landed.iterdir())) == (before, landed)


def test_nothing_is_built_of_nothing(home: Home) -> None:
    with pytest.raises(InputError, match="nothing to rebuild from"):
        rebuild(home)
    (home.landed / f"{'0' * 16}-what.csv").write_text("no extract\n", encoding="utf-8")
    with pytest.raises(EarshotError, match=r"no file could be loaded again:\nwhat.csv: "):
        rebuild(home)
    assert not home.database.exists()

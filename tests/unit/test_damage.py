"""A damaged database is told: which tables, what is safe, how to restore. Never a traceback, never a new home."""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from flows.jobs.quarantine import list_quarantine
from flows.jobs.retain import hold_records, list_holds
from flows.jobs.screen import screen_home
from flows.jobs.verify import verify
from flows.opening import opened
from flows.settings import Home, now
from tests.support.desk import make_desk
from tests.support.office import Office
from transforms.damage import log_of, unreadable_tables
from transforms.errors import EarshotError, HomeDamaged, HomeLost

WHAT_TO_DO = "Not affected: landed/, mirror/, journal.txt, reports/.*mv .*earshot rebuild --home"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with many lines and a screening."""
    office = Office(make_desk(tmp_path_factory.mktemp("lived")))
    office.take(*({"shipment_id": f"S{number}", "description": f"pump {number * 7919}"} for number in range(1500)))
    office.screen(now().date())
    return office.desk.home


@pytest.fixture
def hurt(lived: Home, tmp_path: Path) -> Home:
    """Return a copy of it, to damage."""
    shutil.copytree(lived.root, tmp_path / "home")
    return Home(tmp_path / "home")


def overwrite(path: Path, place: int, count: int = 512) -> None:
    with path.open("r+b") as stream:
        stream.seek(place)
        stream.write(b"\xde" * count)


def test_a_block_that_is_damaged_is_told_by_its_table(hurt: Home) -> None:
    whole = hurt.database.read_bytes()
    places = random.Random(17).sample(range(12_288, len(whole) - 512), 6)
    told = 0
    for place in places:
        hurt.database.write_bytes(whole)
        overwrite(hurt.database, place)
        tables = unreadable_tables(hurt.database)
        if not tables:
            continue  # a block that holds nothing
        told += 1
        with pytest.raises(HomeDamaged, match="the database is damaged.*" + WHAT_TO_DO) as error:
            verify(hurt)
        assert all(table in str(error.value) for table in tables)
    assert told > 1


def test_who_reads_a_damaged_table_tells_it(hurt: Home) -> None:
    size = hurt.database.stat().st_size
    place = next(place for place in range(12_288, size, 65_536) if set(_damaged(hurt, place)) & {"lines"})
    overwrite(hurt.database, place)
    before = hurt.database.read_bytes()
    with pytest.raises(HomeDamaged, match=r"can be read: lines \(.*All other tables can be read.*" + WHAT_TO_DO):
        verify(hurt)
    assert hurt.database.read_bytes() == before


def _damaged(home: Home, place: int) -> dict[str, str]:
    whole = home.database.read_bytes()
    overwrite(home.database, place)
    try:
        return unreadable_tables(home.database)
    finally:
        home.database.write_bytes(whole)


def garbage_log(home: Home) -> None:
    log_of(home.database).write_bytes(b"garbage" * 99)


def text_in_place(home: Home) -> None:
    home.database.write_text("hello\n" * 3000, encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        lambda home: os.truncate(home.database, home.database.stat().st_size // 2),
        lambda home: os.truncate(home.database, 3000),
        lambda home: os.truncate(home.database, 0),
        lambda home: overwrite(home.database, 0, 64),
        lambda home: overwrite(home.database, 4096, 8192),
        garbage_log,
        text_in_place,
    ],
    ids=["half", "head alone", "nothing", "first bytes", "both headers", "log", "text"],
)
def test_a_file_that_cannot_be_opened_is_told(hurt: Home, damage: Callable[[Home], None]) -> None:
    damage(hurt)
    before = hurt.database.read_bytes()
    for command in (
        verify,
        lambda hurt: list_quarantine(hurt, now().date()),
        lambda hurt: hold_records(hurt, "shipment", "A", "x"),
    ):
        with pytest.raises(HomeDamaged, match="the database is damaged.*" + WHAT_TO_DO):
            command(hurt)
        assert hurt.database.read_bytes() == before


def killed_with_a_log(home: Home) -> Path:
    """Commit holds in a process that is killed, so that they stand in the log alone; return the log."""
    process = os.fork()
    if not process:
        connection = duckdb.connect(str(home.database))
        for number in range(5):
            connection.execute("insert into holds values (?, 'add', 'shipment', 'A', 'b', 'c', now())", [number])
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(process, 0)
    return log_of(home.database)


def test_a_log_that_is_whole_is_taken_up_and_one_that_is_not_is_told(hurt: Home) -> None:
    log = killed_with_a_log(hurt)
    whole, database = log.read_bytes(), hurt.database.read_bytes()
    assert len(list_holds(hurt)) == 5
    for place in range(0, len(whole) - 40, 150):
        hurt.database.write_bytes(database)
        log.write_bytes(whole[:place] + b"\xde" * 40 + whole[place + 40 :])
        with pytest.raises((HomeDamaged, HomeLost), match="earshot rebuild --home"):
            list_holds(hurt)


def test_a_log_cut_short_lacks_what_the_mirror_has(hurt: Home, tmp_path: Path) -> None:
    office = Office(make_desk(tmp_path / "other"))
    with opened(office.desk.home, "test") as connection:
        connection.execute("checkpoint")  # the tables stand in the file, so that the log holds the load alone
    process = os.fork()
    if not process:  # a second file is loaded, and mirrored, and the process dies before the log is taken up
        import flows.opening

        keep = flows.opening.keep

        def keep_and_die(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
            keep(connection, folder)
            if connection.execute("select count(*) from batches").fetchall() == [(1,)]:
                os.kill(os.getpid(), signal.SIGKILL)

        flows.opening.keep = keep_and_die
        office.take({"shipment_id": "A"})
        os._exit(0)
    os.waitpid(process, 0)
    log = log_of(office.desk.home.database)
    os.truncate(log, log.stat().st_size * 2 // 3)
    with pytest.raises(EarshotError, match="mirror/ has 1 loaded files, and the database has 0"):
        screen_home(office.desk.home, now().date())

"""A home whose database is gone, or not its latest one, is no new home: every command refuses, and says what to do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from flows.commands.work import init
from flows.jobs.diff import diff_runs
from flows.jobs.dispose import dispose
from flows.jobs.impact import open_past
from flows.jobs.ingest import ingest_file
from flows.jobs.quarantine import list_quarantine
from flows.jobs.retain import list_holds, retain
from flows.jobs.screen import screen_home
from flows.jobs.verify import verify
from flows.settings import Home, now
from tests.support.desk import make_desk
from tests.support.office import Office, lines
from transforms.errors import HomeDamaged, HomeLost
from transforms.ledger.choose import Choice
from transforms.ledger.decide import Decision

DAY = now().date()
COMMANDS = {
    "init": lambda home: init(home.root),
    "ingest": lambda home: ingest_file(home, home.root.parent / "extract-1.csv"),
    "screen": lambda home: screen_home(home, DAY),
    "verify": verify,
    "quarantine": lambda home: list_quarantine(home, DAY),
    "hold": list_holds,
    "retain": lambda home: retain(home, DAY, archive=False),
    "diff": lambda home: diff_runs(home, "previous", "last"),
    "impact": lambda home: open_past(home).__enter__(),
    "dispose": lambda home: dispose(home, Choice(finding_ids=("a",)), Decision("corrected", "x"), "Ada"),
}
WHAT_TO_DO = "Restore earshot.duckdb from your latest backup.*earshot rebuild --home"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an office with a screening, a copy of its database of before a second file, and one of after it."""
    office = Office(make_desk(tmp_path_factory.mktemp("lived")))
    home = office.desk.home
    office.take({"shipment_id": "A"})
    shutil.copy(home.database, home.root.parent / "unscreened.duckdb")
    office.screen(DAY)
    shutil.copy(home.database, home.root.parent / "before.duckdb")
    office.take({"shipment_id": "B"})
    return office


@pytest.fixture
def bereft(lived: Office, tmp_path: Path) -> Home:
    """Return a copy of its home, to lose the database of."""
    shutil.copytree(lived.desk.home.root, tmp_path / "home")
    (tmp_path / "extract-1.csv").write_text(lines({"shipment_id": "X"}), encoding="utf-8")
    return Home(tmp_path / "home")


def files(home: Home) -> dict[str, bytes]:
    held = {str(path): path.read_bytes() for path in home.root.rglob("*") if path.is_file()}
    return {name: held[name] for name in held if not name.endswith("earshot.lock")}


def test_every_command_refuses_a_home_without_its_database(bereft: Home) -> None:
    bereft.database.unlink()
    before = files(bereft)
    for name, command in COMMANDS.items():
        with pytest.raises(HomeLost, match="the database is missing, but journal.txt.*" + WHAT_TO_DO):
            command(bereft)
        assert files(bereft) == before, name


@pytest.mark.parametrize("left", ["journal.txt", "landed", "reports", "mirror"])
def test_one_of_what_is_left_is_enough(bereft: Home, left: str) -> None:
    bereft.database.unlink()
    for path in bereft.root.iterdir():
        if path.name not in (left, "inbox"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(HomeLost, match=left):
        screen_home(bereft, DAY)
    assert not bereft.database.exists()


def test_an_empty_database_in_its_place_is_no_new_home(bereft: Home) -> None:
    bereft.database.unlink()
    duckdb.connect(str(bereft.database)).close()
    for command in ("ingest", "screen", "verify", "hold"):
        with pytest.raises(HomeLost, match=r"the database is empty, but.*Move earshot.duckdb out.*" + WHAT_TO_DO):
            COMMANDS[command](bereft)
    os.truncate(bereft.database, 0)
    with pytest.raises((HomeLost, HomeDamaged), match="earshot rebuild --home"):
        screen_home(bereft, DAY)


@pytest.mark.parametrize(
    ("copied", "lacks"),
    [
        ("unscreened.duckdb", "(journal.txt|mirror/) has entry 1 of the journal, and the database has none"),
        ("before.duckdb", "mirror/ has 2 loaded files, and the database has 1"),
    ],
)
def test_an_earlier_copy_of_the_database_is_refused(bereft: Home, lived: Office, copied: str, lacks: str) -> None:
    shutil.copy(lived.desk.home.root.parent / copied, bereft.database)
    before = files(bereft)
    for command in ("ingest", "screen", "verify", "hold"):
        with pytest.raises(HomeLost, match=f"{lacks if command != 'verify' else ''}.*{WHAT_TO_DO}"):
            COMMANDS[command](bereft)
    assert files(bereft) == before


def test_the_database_of_another_home_is_refused(bereft: Home, tmp_path: Path) -> None:
    other = Office(make_desk(tmp_path / "other"))
    for shipment in ("A", "B"):
        other.take({"shipment_id": shipment, "value_usd": "1.00"})
    shutil.copy(other.desk.home.database, bereft.database)
    with pytest.raises(HomeLost, match=r"journal.txt has entry 1"):
        screen_home(bereft, DAY)
    bereft.seals.unlink()
    with pytest.raises(HomeLost, match="mirror/ has entry 1"):
        screen_home(bereft, DAY)


def test_a_home_whose_first_file_was_rejected_is_a_home(tmp_path: Path) -> None:
    office = Office(make_desk(tmp_path))
    (office.desk.home.root / "door.yml").unlink()
    with pytest.raises(Exception, match="rejected by the intake check"):
        office.take({"shipment_id": "A", "value_usd": "much"})
    assert list(office.desk.home.landed.iterdir())
    (office.desk.home.root / "door.yml").write_text(
        "- {name: rows, measure: rows_in, min: '0', level: warn, meaning: The file has rows}\n", encoding="utf-8"
    )
    office.take({"shipment_id": "A"})
    assert list_quarantine(office.desk.home, DAY)["quarantine"]["rows"] == 0

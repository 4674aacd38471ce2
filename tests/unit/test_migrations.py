"""A home of an earlier version is taken over whole, once, with a copy beside it; one of a newer version is refused."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from flows.jobs.ingest import ingest_file
from flows.settings import VERSION, Home
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from tests.support.old_home import FOLDER, unpack
from tests.support.old_homes import RECORDED, Rows, derived, question, recorded, spoil, take_over
from transforms.derived import NOTED, shapes
from transforms.errors import EarshotError, HomeNewer, HomeOutdated
from transforms.migrations import steps
from transforms.store import FIRST_VERSION, SCHEMA_VERSION, open_store

OLDER = [f"schema-{number}" for number in range(FIRST_VERSION, SCHEMA_VERSION)]
BACKUP = "earshot.duckdb.schema-4.backup"


@pytest.fixture(scope="module", params=OLDER)
def earlier(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home of each earlier schema, as it was kept; for tests that change nothing."""
    return unpack(request.param, tmp_path_factory.mktemp("earlier"))


@pytest.fixture
def old(tmp_path: Path) -> Home:
    """Return a home of schema 4, to be taken over."""
    return unpack("schema-4", tmp_path / "old")


def test_there_is_a_home_of_each_earlier_schema_and_a_way_on_from_it() -> None:
    assert {path.name for path in FOLDER.glob("*.tar.xz")} >= {f"{name}.tar.xz" for name in OLDER}
    assert [one.to_schema for one in steps.MIGRATIONS] == list(range(FIRST_VERSION + 1, SCHEMA_VERSION + 1))


def test_what_is_recorded_comes_out_as_it_was(earlier: Home, tmp_path: Path) -> None:
    shutil.copytree(earlier.root, tmp_path / "home")
    home = take_over(Home(tmp_path / "home"))
    before, after = without_codes(recorded(earlier.database)), without_codes(recorded(home.database, earlier.database))
    assert [table for table in before if not before[table]] == []
    for table, rows in before.items():
        width = len(rows[0])
        assert sorted((one[:width] for one in after[table]), key=repr) == sorted(rows, key=repr), table


def without_codes(held: dict[str, Rows]) -> dict[str, Rows]:
    """Return what is recorded but for the codes that schema 6 added within problems and checks."""
    found = dict(held)
    for table, column, read in (("quarantine", "problems", list), ("batches", "door", json.loads)):
        at = RECORDED[table].index(column)
        found[table] = [
            (*row[:at], [{key: one[key] for key in one if key not in ("code", "column")} for one in read(row[at])],
             *row[at + 1 :])
            for row in held[table]
        ]  # fmt: skip
    return found


def test_it_has_the_tables_of_a_new_home(earlier: Home, home: Home, tmp_path: Path) -> None:
    shutil.copytree(earlier.root, tmp_path / "older")
    take_over(home)
    taken = take_over(Home(tmp_path / "older"))
    for table in shapes():
        assert question(taken, f"describe {table}") == question(home, f"describe {table}")
    keys = f"select key from meta where key not in {NOTED} order by 1"  # these are of a screening
    assert question(taken, keys) == question(home, keys)


def test_the_files_of_the_home_stay_as_they_were(earlier: Home, tmp_path: Path) -> None:
    shutil.copytree(earlier.root, tmp_path / "home")
    take_over(Home(tmp_path / "home"))
    # the mirror goes on with the database
    kept = (path for path in earlier.root.rglob("*") if path.is_file() and earlier.mirror not in path.parents)
    held = {path.relative_to(earlier.root): path.read_bytes() for path in kept}
    for name, content in held.items():
        assert name.name in ("earshot.duckdb", "earshot.lock") or (tmp_path / "home" / name).read_bytes() == content


def test_a_copy_of_the_database_stays_beside_it_and_all_of_it_is_told(
    old: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    before = recorded(old.database)
    take_over(old)
    assert recorded(old.root / BACKUP) == before
    first, last = capsys.readouterr().err.splitlines()
    assert "written by an earlier version of Earshot (schema 4, now " in first
    assert f"kept as {BACKUP}" in first
    assert "23 versions of lines and 7 entries of the journal are as they were" in last
    told = question(old, "select from_schema, to_schema, migrated_by, backup from migrations")
    assert told == [(4, SCHEMA_VERSION, VERSION, BACKUP)]
    take_over(old)
    assert capsys.readouterr().err == ""


def test_a_half_made_copy_is_replaced_and_one_of_before_stays(old: Home) -> None:
    before = recorded(old.database)
    for name in (BACKUP, f".{BACKUP}.partial"):
        (old.root / name).write_bytes(b"half")
    take_over(old)
    assert (old.root / BACKUP).read_bytes() == b"half"
    assert recorded(old.root / f"{BACKUP}-2") == before
    assert [path.name for path in old.root.glob(".*")] == []


def test_a_copy_that_is_the_same_is_not_made_again(old: Home) -> None:
    shutil.copyfile(old.database, old.root / BACKUP)
    made_at = (old.root / BACKUP).stat().st_mtime_ns
    take_over(old)
    assert [path.name for path in old.root.glob("*.backup*")] == [BACKUP]
    assert (old.root / BACKUP).stat().st_mtime_ns == made_at


def test_of_a_damaged_database_no_copy_is_made(old: Home) -> None:
    content = bytearray(old.database.read_bytes())
    at = content.index(b"ASIDE-2")
    content[at : at + 7] = b"BESIDES"
    old.database.write_bytes(content)
    with pytest.raises(EarshotError, match=r"the upgrade failed .*Nothing was changed"):
        take_over(old)
    assert old.database.read_bytes() == content
    assert list(old.root.glob("*.backup*")) == []


@pytest.mark.parametrize("damage", ["delete from meta", "drop table meta"])
def test_tables_without_meta_are_no_new_home(old: Home, damage: str) -> None:
    with duckdb.connect(str(old.database)) as connection:
        connection.execute(damage)
    with pytest.raises(EarshotError, match="not a home of Earshot"), open_store(old.database):
        pass


def test_rows_in_quarantine_are_settled_by_what_comes_after(old: Home, tmp_path: Path) -> None:
    identities = "select identity from quarantine where settled_at is null order by all"
    (take_over(old).root / "door.yml").write_text("[]\n")
    assert question(old, identities) == [(["ASIDE-2", "1"],), (["TWICE-1", "1"],), (["TWICE-1", "1"],), (None,)]
    path = tmp_path / "again.csv"
    path.write_text(extract(row("ASIDE-2"), row("TWICE-1")), encoding="utf-8")
    assert ingest_file(old, path, "line").loaded == 2
    assert question(old, identities) == [(None,)]


def test_what_would_not_come_out_as_before_is_refused_and_nothing_is_changed(
    old: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        steps.MIGRATIONS[0].migrate(connection, folder)
        connection.execute("delete from dispositions where entry = 3")

    before = recorded(old.database)
    losing = (replace(steps.MIGRATIONS[0], migrate=lose), *steps.MIGRATIONS[1:])
    monkeypatch.setattr("transforms.migrations.take_over.MIGRATIONS", losing)
    with pytest.raises(EarshotError, match="dispositions would not come out as before; nothing was changed"):
        take_over(old)
    assert recorded(old.database) == before
    assert question(old, "select value from meta where key = 'schema'") == [("4",)]


@pytest.mark.parametrize("read_only", [True, False])
def test_a_home_of_a_newer_version_is_refused_by_name(home: Home, read_only: bool) -> None:
    with open_store(home.database) as connection:
        connection.execute("update meta set value = '99' where key = 'schema'")
        connection.execute("insert into journal (entry, version) values (1, '0.0.9'), (2, '7.1.0')")
    before = home.database.read_bytes()
    said = (
        rf"newer version of Earshot \(7\.1\.0 by its journal\), with schema 99\. .* up to {SCHEMA_VERSION}\. .*Install"
    )
    with pytest.raises(HomeNewer, match=said) as error, open_store(home.database, read_only=read_only):
        pass
    assert error.value.exit_code == 1
    with pytest.raises(HomeNewer, match=re.escape(f"(this is Earshot {VERSION})")):
        take_over(home)
    assert home.database.read_bytes() == before


def test_a_home_of_before_migrations_is_refused(home: Home) -> None:
    with open_store(home.database) as connection:
        connection.execute("update meta set value = '3' where key = 'schema'")
    with pytest.raises(EarshotError, match="schema 3; this version upgrades homes from schema 4 on"):
        take_over(home)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("hash_canary", "written where DuckDB makes other hashes"),
        ("duckdb", "written with DuckDB another, now "),
        ("derived", "its facts and keys were made by an earlier version of Earshot"),
    ],
)
def test_what_is_derived_is_made_anew_where_it_rests_on_something_else(
    old: Home, key: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = derived(take_over(old).database), recorded(old.database)
    spoil(old, key)
    assert derived(old.database) != before[0]
    with pytest.raises(HomeOutdated, match=re.escape(why)), open_store(old.database, read_only=True):
        pass
    capsys.readouterr()
    take_over(old)
    assert why in capsys.readouterr().err
    assert (derived(old.database), recorded(old.database)) == before
    assert len(question(old, "from migrations")) == 1


def test_rows_that_are_stored_derive_what_loading_derived(desk: Desk) -> None:
    desk.take(extract(row("A"), row("B", line_number="x"), row("C", destination="?"), row("D"), row("D", eccn="EAR99")))
    desk.take("shipment_id,line_number,export_on,eccn\nA,1,2025-02-03,3A999\nB,2,2025-02-03,one,more,than,that\n")
    desk.take("part_number,eccn,valid_from\nP,3A999,2025-01-01\nQ,3A999,\nR,,soon\n,1,\nS,1,\nS,2,\n", layout="items")
    itns = "itn,line_number,value_usd\nX20250101000001,1,5\nX2,x,5\nX3,1,?\nX4,1,1\nX4,1,2\n"
    desk.take(itns, layout="filings")
    before = derived(desk.home.database)
    assert len(before["quarantine"]) == 13
    spoil(desk.home)
    assert derived(take_over(desk.home).database) == before

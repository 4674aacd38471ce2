"""A home goes to a lake and back and nothing is lost; one whose lines stay there is screened to the same bytes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flows.jobs.lake import export, prove
from flows.jobs.lake_home import import_home
from flows.settings import Home
from tests.support.command import AS_OF, Golden, earshot
from transforms.errors import EarshotError, InputError
from transforms.lake.commit import Commit, all_commits, commit, hash_of_commit, last_commit
from transforms.lake.folder import Folder, TakenError
from transforms.pipeline import read_rows
from transforms.store import open_store

TABLES = ("batches", "journal", "ledger", "ledger_events", "dispositions", "quarantine", "items", "situations", "meta")


@pytest.fixture(scope="module")
def moved(golden: Golden, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the golden home in `home` and, exported, in `lake`."""
    folder = tmp_path_factory.mktemp("moved")
    golden.copy(folder / "home")
    export(Home(folder / "home"), folder / "lake")
    return folder


def held(home: Path) -> dict[str, list[object]]:
    queries = {name: f"from {name}" for name in TABLES}
    for name, without in (("lines", "exclude (context_key)"), ("filings", "")):
        queries[name] = f"select * {without} from {name} order by identity_hash, batch_id, row_hash, known_from"
    with open_store(home / "earshot.duckdb", read_only=True) as connection:
        return {name: list(map(str, read_rows(connection, query))) for name, query in queries.items()}


def files(home: Path) -> dict[str, bytes]:
    left_out = ("earshot.duckdb", "earshot.duckdb.wal", "earshot.lock")
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and path.name not in left_out and path.relative_to(home).parts[0] != "state"
    }


def test_a_home_comes_back_as_it_was(moved: Path, tmp_path: Path) -> None:
    import_home(moved / "lake", Home(tmp_path / "home"))
    assert held(tmp_path / "home") == held(moved / "home")
    assert files(tmp_path / "home") == files(moved / "home")
    done = earshot("verify", "--home", tmp_path / "home", "--json")
    assert (done.code, done.json["holds"], done.json["runs"][0]["reproduced"]) == (0, True, True)


def test_a_second_export_adds_nothing_and_a_third_the_touched_month_alone(moved: Path, tmp_path: Path) -> None:
    home, lake = Home(tmp_path / "home"), tmp_path / "lake"
    shutil.copytree(moved / "home", home.root)
    shutil.copytree(moved / "lake", lake)
    assert (export(home, lake).commit, export(home, lake).new_files) == (1, 0)
    with open_store(home.database) as connection:
        connection.execute("update lines set known_until = now() where export_on = (select max(export_on) from lines)")
    done = export(home, lake)
    before, after = ({one.name for one in _commit(lake, number).of_kind("lines")} for number in (1, 2))
    assert (done.commit, len(after - before), len(before - after)) == (2, 1, 1)
    assert prove(lake).holds


def _commit(lake: Path, number: int) -> Commit:
    return list(all_commits(Folder(lake)))[number - 1]


def test_a_home_on_a_lake_is_screened_to_the_same_bytes(moved: Path, golden: Golden, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert earshot("init", "--lake", moved / "lake", "--home", home).code == 0
    shutil.rmtree(home / "reports" / golden.report.name)
    done = earshot("screen", "--home", home, "--as-of", AS_OF, "--json")
    assert done.code == 0, done.err
    for path in golden.report.iterdir():
        if path.suffix != ".xlsx":
            assert (home / "reports" / golden.report.name / path.name).read_bytes() == path.read_bytes(), path.name
    refused = earshot("rebuild", "--home", home)
    assert refused.code == 2 and "its lines are in the lake" in refused.err


@pytest.mark.long
def test_a_home_on_a_lake_is_verified(moved: Path, tmp_path: Path) -> None:
    assert earshot("init", "--lake", moved / "lake", "--home", tmp_path / "home").code == 0
    proved = earshot("verify", "--home", tmp_path / "home", "--json")
    assert (proved.code, proved.json["holds"], proved.json["runs"][0]["reproduced"]) == (0, True, True)


@pytest.mark.parametrize("kind", ["lines", "table", "file"])
def test_a_file_that_was_changed_or_lost_is_named_and_nothing_is_imported(
    kind: str, moved: Path, tmp_path: Path
) -> None:
    lake = tmp_path / "lake"
    shutil.copytree(moved / "lake", lake)
    found = last_commit(Folder(lake))
    assert found is not None
    name = found.of_kind(kind)[0].name
    content = (lake / name).read_bytes()
    (lake / name).write_bytes(content[:-1] + b"?")
    assert prove(lake).faults == [f"{name}: holds something else than when it was committed"]
    (lake / name).unlink()
    assert prove(lake).faults == [f"{name}: missing"]
    with pytest.raises(EarshotError, match=name):
        import_home(lake, Home(tmp_path / "home"))
    assert not (tmp_path / "home").exists()


def test_of_two_that_commit_one_is_told_and_what_the_other_committed_stays(moved: Path, tmp_path: Path) -> None:
    shutil.copytree(moved / "lake", tmp_path / "lake")
    lake = Folder(tmp_path / "lake")
    before = last_commit(lake)
    assert before is not None
    export_next = _following(before)
    commit(lake, export_next, before)
    with pytest.raises(InputError, match="committed to this lake first"):
        commit(lake, export_next, before)
    with pytest.raises(TakenError):
        lake.create(before.name, b"")
    assert last_commit(lake) == export_next
    assert prove(lake.root).holds


def _following(before: Commit) -> Commit:
    return replace(before, number=before.number + 1, parent=hash_of_commit(before))


def test_an_export_of_another_home_is_refused(moved: Path, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    other.create()
    with open_store(other.database):
        pass
    with pytest.raises(InputError, match="the lake of another home"):
        export(other, moved / "lake")


def test_a_home_that_is_there_is_not_written_over(moved: Path) -> None:
    with pytest.raises(InputError, match="is there already"):
        import_home(moved / "lake", Home(moved / "home"))


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "files/../../outside"])
def test_a_commit_that_names_a_file_outside_is_refused(name: str, moved: Path, tmp_path: Path) -> None:
    shutil.copytree(moved / "lake", tmp_path / "lake")
    before = last_commit(Folder(tmp_path / "lake"))
    assert before is not None
    bad = replace(_following(before), files=(replace(before.files[0], of=name),))
    commit(Folder(tmp_path / "lake"), bad, before)
    with pytest.raises(EarshotError, match=r"cannot be read .it names \S*outside, which is outside"):
        import_home(tmp_path / "lake", Home(tmp_path / "home"))

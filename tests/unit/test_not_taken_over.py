"""A home that cannot be taken over stays as it was, and who opens it is told that it is of an earlier version."""

from __future__ import annotations

import errno
from pathlib import Path

import duckdb
import pytest

from flows.opening import opened
from flows.settings import Home
from tests.support.old_home import unpack
from tests.support.old_homes import take_over
from transforms.errors import EarshotError


@pytest.fixture
def old(tmp_path: Path) -> Home:
    """Return a home of schema 4, to be taken over."""
    return unpack("schema-4", tmp_path / "old")


def test_a_full_disk_is_told_and_leaves_the_home_as_it_was(old: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(path: Path, to: Path) -> None:
        to.write_bytes(path.read_bytes()[:1000])
        raise OSError(errno.ENOSPC, "No space left on device", str(to))

    before = old.database.read_bytes()
    monkeypatch.setattr("transforms.migrations.take_over.shutil.copyfile", fill)
    with pytest.raises(EarshotError, match=r"schema 4.* cannot be done here .*No space left.* Nothing was changed"):
        take_over(old)
    assert old.database.read_bytes() == before
    assert list(old.root.glob("*.backup")) + list(old.root.glob(".*")) == []


@pytest.mark.parametrize("read_only", [True, False])
def test_a_database_that_nobody_can_write_is_told_to_be_of_an_earlier_version(
    old: Home, monkeypatch: pytest.MonkeyPatch, read_only: bool
) -> None:
    def refuse(path: str, *, read_only: bool = False, **more: object) -> duckdb.DuckDBPyConnection:
        if not read_only:
            raise duckdb.IOException(f'IO Error: Cannot open file "{path}": Permission denied')
        return connect(path, read_only=True)

    connect = duckdb.connect
    before = old.database.read_bytes()
    monkeypatch.setattr("transforms.store.duckdb.connect", refuse)
    said = r"schema 4.* run any command on its home.* This cannot be done here .*Permission denied.*Run it where"
    with pytest.raises(EarshotError, match=said), opened(old, "tests", read_only=read_only):
        pass
    assert old.database.read_bytes() == before


@pytest.mark.parametrize("where", ["earshot.lock", "earshot.duckdb.schema-4.backup"])
def test_a_folder_that_nobody_can_write_to_is_told_with_what_to_do(
    old: Home, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def refuse(path: Path, *given: object, **more: object) -> object:
        if where in path.name:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opens(path, *given, **more)

    opens = Path.open
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr("transforms.migrations.take_over.shutil.copyfile", lambda _, to: refuse(to))
    said = rf"schema 4.* cannot be done here \(.*{where}.*: Permission denied\). Nothing was changed. Run it"
    with pytest.raises(EarshotError, match=said):
        take_over(old)

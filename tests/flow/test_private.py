"""Everything that the command makes is for its user alone, whatever the umask is; an open home is told, not changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command import Golden, earshot
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from transforms.reports.folder import begin_folder, put_in_place


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Have new files be everyone's, as some systems do."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(*roots: Path) -> list[str]:
    """Return every path at or below the roots that others have a right to."""
    paths = [path for root in roots for path in (root, *root.rglob("*")) if not path.is_symlink()]
    return [f"{path} {path.stat().st_mode:o}" for path in paths if path.stat().st_mode & 0o077]


def test_all_that_init_and_a_night_leave_in_a_home_is_private_whatever_the_umask(golden: Golden) -> None:
    assert (golden.home / "state" / "prefect" / "prefect.db").is_file()
    assert open_to_others(golden.home) == []


@pytest.mark.long
def test_what_other_commands_write_is_private_too(golden: Golden, tmp_path: Path, open_umask: None) -> None:
    home, out = golden.copy(tmp_path / "home"), tmp_path / "out"
    out.mkdir(mode=0o700)
    for words in (
        ["report", "--from", "2026-01-01", "--to", "2026-03-31"],
        ["impact", "pakistan-rs", "--from", "2024-01-01", "--to", "2024-12-31"],
        ["dispose", "--export", out / "dispose.xlsx"],
        ["quarantine", "export", "--output", out / "rows.xlsx"],
        ["rules", "book", "--out", out / "book.html"],
    ):
        done = earshot(*words, "--home", home)
        assert (done.code, done.err) == (0, ""), words
    assert len(list(out.iterdir())) == 3
    assert open_to_others(home, out) == []


def test_a_home_that_others_can_read_is_told_with_what_mends_it_and_not_changed(desk: Desk) -> None:
    home = desk.home.root
    path = desk.put(extract(row("A")))
    home.chmod(0o755)
    done = earshot("ingest", path, "--home", home)
    assert done.code == 0
    assert done.err == (
        f"Warning: {home} is open to other users of this system (drwxr-xr-x). To keep the home private:"
        f" chmod -R go-rwx {home}\n"
    )
    assert home.stat().st_mode & 0o777 == 0o755
    home.chmod(0o700)
    assert desk.home.open_to_others() == ""
    desk.home.database.chmod(0o640)
    assert f"{desk.home.database} is open" in desk.home.open_to_others()


def test_what_is_carried_over_into_a_new_report_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    (folder / "mine").mkdir(parents=True, mode=0o755)
    (folder / "mine" / "notes.txt").write_text("x")
    for path in (folder / "mine", folder / "mine" / "notes.txt"):
        path.chmod(0o755)
    put_in_place(begin_folder(folder), folder)
    assert (folder / "mine" / "notes.txt").read_text() == "x"
    assert open_to_others(folder) == []

"""A backfill loads a folder of extracts oldest month first, once, and goes on where a killed one stopped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from typer.testing import CliRunner

from flows.jobs.backfill import backfill_home
from flows.jobs.plan import plan_backfill
from flows.main import app
from flows.settings import Home, now
from tests.support.command import AS_OF
from tests.support.desk import Desk, open_door
from tests.support.extracts import extract, row
from tests.support.homes import make_home
from tests.support.kills import differences, held, kill_when

MONTHS = ("2024-01", "2024-02", "2025-11")


def years(folder: Path) -> Path:
    """A folder of extracts: lines of three months under names that do not sort by them, an item master, and others."""
    place = folder / "extracts"
    (place / "older").mkdir(parents=True)
    for name, month in zip(("c.csv", "older/b.csv", "a.csv"), MONTHS, strict=True):
        rows = [row(f"{month}-{number}", export_on=f"{month}-{number + 1:02}") for number in range(9)]
        (place / name).write_text(extract(*rows))
    (place / "older" / "items-2024-02.csv").write_text("part_number,eccn\nP1,EAR99\n")
    (place / "readme.txt").write_text("what is here\n")
    (place / "again.csv").symlink_to(place / "a.csv")
    (place / "out.csv").symlink_to(folder / "elsewhere.csv")
    (folder / "elsewhere.csv").write_text(extract(row("X")))
    (place / ".hidden.csv").write_text(extract(row("Y")))
    (place / "late.csv.part").write_text(extract(row("Z")))
    return place


def everything(root: Path) -> dict[str, tuple[int, int]]:
    """Every path of a home, with what changes where it is written to."""
    return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_size) for path in root.rglob("*")}


def test_the_plan_goes_by_month_with_items_first_and_names_what_is_not_loaded(desk: Desk, tmp_path: Path) -> None:
    desk.take((years(tmp_path) / "c.csv").read_text(), "c-by-hand.csv")
    plan = plan_backfill(desk.home, tmp_path / "extracts")
    told = [(one.name, one.kind, one.layout, one.month, one.month_by, one.is_loaded) for one in plan if not one.why_not]
    assert told == [
        ("c.csv", "lines", "line", "2024-01", "rows", True),
        ("older/items-2024-02.csv", "items", "items", "2024-02", "name", False),
        ("older/b.csv", "lines", "line", "2024-02", "rows", False),
        ("a.csv", "lines", "line", "2025-11", "rows", False),
    ]
    refused = {one.name: one.why_not for one in plan if one.why_not}
    assert refused.keys() == {"readme.txt", "out.csv", "late.csv.part"}
    assert "a link that leads out of the folder" in refused["out.csv"]
    assert "no layout matches" in refused["readme.txt"]


def test_a_dry_run_writes_nothing_at_all(desk: Desk, tmp_path: Path) -> None:
    desk.take(extract(row("A")))
    folder, before = years(tmp_path), everything(tmp_path)
    words = ["backfill", str(folder), "--dry-run", "--home", str(desk.home.root)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    assert "4 files would be loaded, 0 skipped as already loaded, 3 not loaded. Nothing was written." in done.output
    assert everything(tmp_path) == before
    assert "no such layout" in str(CliRunner().invoke(app, [*words, "--layout", "none"]).exception)


def test_a_refused_file_stops_no_other_and_what_is_loaded_is_skipped(desk: Desk, tmp_path: Path) -> None:
    folder = years(tmp_path)
    done = backfill_home(desk.home, folder, now().date())
    assert [one.file_name for one in done.loaded] == ["c.csv", "items-2024-02.csv", "b.csv", "a.csv"]
    assert [one.name for one in done.waiting] == ["c.csv", "older/items-2024-02.csv", "older/b.csv", "a.csv"]
    assert done.refused.keys() == {"readme.txt", "out.csv", "late.csv.part"}
    assert done.screened is not None and done.screened.lines == 27
    again = backfill_home(desk.home, folder, now().date())
    assert (again.loaded, again.skipped, again.screened) == ([], 4, None)


def test_a_folder_that_is_the_homes_or_none_is_refused(desk: Desk, tmp_path: Path) -> None:
    root = desk.home.root
    for folder, why in ((root / "landed", "part of the home"), (tmp_path, "holds it"), (tmp_path / "x", "not exist")):
        done = CliRunner().invoke(app, ["backfill", str(folder), "--home", str(root)])
        assert why in str(done.exception)


def home_of(folder: Path) -> Home:
    folder.mkdir()
    return open_door(make_home(folder)).home


def test_after_a_kill_in_the_middle_the_next_one_ends_in_the_same_bytes(tmp_path: Path) -> None:
    folder = years(tmp_path)
    for name in ("readme.txt", "out.csv", "late.csv.part"):
        (folder / name).unlink()
    whole, broken = home_of(tmp_path / "whole"), home_of(tmp_path / "broken")
    backfill_home(whole, folder, date.fromisoformat(AS_OF))
    words = ["backfill", folder, "--as-of", AS_OF]
    kill_when(broken.root, words, lambda: len(list((broken.root / "landed").glob("[!.]*"))) > 1)
    assert list(broken.reports.iterdir()) == []
    done = backfill_home(broken, folder, date.fromisoformat(AS_OF))
    assert 1 <= done.skipped <= 3 and done.skipped + len(done.loaded) == 4
    assert differences(held(broken.root), held(whole.root)) == []

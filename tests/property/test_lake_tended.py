"""A lake that took files is compacted, cleaned, moved and corrected, and holds what one database would."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.jobs.lake import export, prove
from flows.jobs.lake_home import import_home
from flows.jobs.lake_tend import clean, compact, update
from flows.jobs.quarantine import export_quarantine, replay_quarantine
from flows.settings import Home
from tests.support.desk import Desk
from tests.support.lake_histories import copy_home, draw_history, on_lake, screened, start_desk, take, told
from transforms.errors import InputError
from transforms.lake.commit import last_commit
from transforms.lake.folder import Folder

Grown = tuple[Desk, Desk]
"""A home with one database, and one on a lake that took the same files."""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Grown:
    folder = tmp_path_factory.mktemp("grown")
    first, *more = draw_history(4)[:3]
    one = start_desk(folder / "one")
    take(one, first)
    lake = on_lake(one, folder / "two")
    for night in more:
        assert take(lake, night) == take(one, night)
    return one, lake


def copied(grown: Grown, folder: Path) -> Desk:
    return copy_home(grown[1], folder / "home", folder / "lake")


def files_of(lake: Path, kind: str) -> list[str]:
    held = last_commit(Folder(lake))
    assert held is not None
    return [one.name for one in held.of_kind(kind)]


def test_a_lake_that_took_files_is_compacted_cleaned_and_moved(grown: Grown, tmp_path: Path) -> None:
    desk, lake = copied(grown, tmp_path), tmp_path / "lake"
    months = {Path(name).parent.name for name in files_of(lake, "lines")}
    assert files_of(lake, "closed_lines") and len(files_of(lake, "lines")) > len(months)
    with pytest.raises(InputError, match=r"2019-01: the lake .* has no such month"):
        compact(desk.home, ["2019-01"])
    assert compact(desk.home, ["2025-01"]).changed == 1
    assert compact(desk.home).changed > 0
    assert compact(desk.home).changed == 0
    assert len(files_of(lake, "lines")) == len(months) and not files_of(lake, "closed_lines")
    assert clean(lake, keep=1).changed == 0  # all of them are of today
    for path in lake.rglob("*.parquet"):
        os.utime(path, (0, 0))
    assert clean(lake, keep=1).changed > 0
    assert prove(lake).holds
    assert told(desk) == told(grown[0])


@pytest.mark.long
def test_a_lake_that_took_files_makes_a_home_with_one_database(grown: Grown, tmp_path: Path) -> None:
    desk = copied(grown, tmp_path)
    import_home(tmp_path / "lake", Home(tmp_path / "whole"))
    assert told(Desk(Home(tmp_path / "whole"))) == told(grown[0])
    export(desk.home, tmp_path / "other")
    assert prove(tmp_path / "other").holds and not files_of(tmp_path / "other", "closed_lines")
    import_home(tmp_path / "other", Home(tmp_path / "again"))
    assert told(Desk(Home(tmp_path / "again"))) == told(grown[0])


@pytest.mark.long
def test_rows_that_were_corrected_are_replayed_into_a_lake(grown: Grown, tmp_path: Path) -> None:
    desk = copied(grown, tmp_path)
    whole = Desk(Home(tmp_path / "whole"))
    import_home(tmp_path / "lake", whole.home)
    moment, restated = draw_history(4)[-1].known_from, 0
    for name in export_quarantine(desk.home, tmp_path / "aside.csv")["files"]:
        text = Path(name).read_text(encoding="utf-8").replace("soon", "2025-01-15")
        Path(name).write_text(text.replace("2025-13-01", "2024-11-05"), encoding="utf-8")
        done = replay_quarantine(desk.home, Path(name), moment)
        assert done == replay_quarantine(whole.home, Path(name), moment)
        restated += done["restated"]
    assert restated > 0
    assert told(desk) == told(whole)
    assert screened(desk) == screened(whole)


@pytest.mark.long
def test_two_homes_take_turns_and_one_with_records_of_its_own_is_told(grown: Grown, tmp_path: Path) -> None:
    desk, lake = copied(grown, tmp_path), tmp_path / "lake"
    other, third = Desk(Home(tmp_path / "other")), Desk(Home(tmp_path / "third"))
    for one in (other, third):
        import_home(lake, one.home, leave_lines=True)
    screened(desk)
    screened(third)
    export(desk.home, lake)
    assert update(other.home).changed == 1
    assert told(other) == told(desk)
    take(other, draw_history(4)[4])
    assert update(desk.home).changed == 1
    assert told(desk) == told(other)
    with pytest.raises(InputError, match=r"has records that commit .* lacks .*journal"):
        update(third.home)

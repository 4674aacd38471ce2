"""`earshot doctor` tells what is wrong with a home by a code, with what to do, and changes nothing at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from flows.doctor import nights
from flows.doctor.check import Check
from flows.doctor.examine import examine
from flows.holder import hold
from flows.settings import Home
from flows.watch.job import tell_refused, watched
from tests.support.clocks import set_clock
from tests.support.command import Golden, earshot
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from transforms.errors import InputError
from transforms.store import SCHEMA_VERSION


def codes(home: Home, *, is_quick: bool = False) -> dict[str, Check]:
    """Return what needs a look, by its code."""
    return {one.code: one for one in examine(home, is_quick=is_quick) if one.level != "ok"}


def state_of(root: Path) -> dict[str, tuple[int, int]]:
    return {str(path.relative_to(root)): (path.stat().st_size, path.stat().st_mtime_ns) for path in root.rglob("*")}


def test_a_configuration_that_cannot_be_read_is_a_fault_among_the_others(tmp_path: Path) -> None:
    assert earshot("init", "--home", tmp_path / "home").code == 0
    (tmp_path / "home" / "earshot.toml").write_text("x = [1,\n", encoding="utf-8")
    done = earshot("doctor", "--home", tmp_path / "home", "--json")
    assert (done.code, done.err) == (1, "")
    told = {one["code"]: one for one in done.json["checks"]}
    assert "not readable as TOML" in told["settings"]["said"]
    assert told["settings"]["level"] == "fault"
    assert {"versions", "last-night", "inbox"} <= set(told)


@pytest.fixture
def loaded(desk: Desk) -> Home:
    """Return a home with a line in it."""
    desk.take(extract(row("A")))
    return desk.home


def test_a_home_after_its_night_has_no_fault_and_the_look_changes_nothing(golden: Golden) -> None:
    before = state_of(golden.home)
    done = earshot("doctor", "--home", golden.home, "--json")
    assert (done.code, done.err, done.json["ok"]) == (0, "", True)
    told = {one["code"]: one for one in done.json["checks"]}
    assert {one["level"] for one in told.values()} == {"ok"}
    assert {"versions", "home", "disk", "private", "lock", "database", "copies", "clock", "last-night"} <= set(told)
    assert state_of(golden.home) == before
    shown = earshot("doctor", "--home", golden.home)
    assert (shown.code, shown.out.splitlines()[-1]) == (0, "0 faults, 0 warnings")


def test_what_is_no_home_is_a_fault_with_what_to_do(tmp_path: Path) -> None:
    done = earshot("doctor", "--home", tmp_path / "nothing", "--json")
    assert (done.code, done.json["ok"]) == (1, False)
    (fault,) = [one for one in done.json["checks"] if one["level"] == "fault"]
    assert fault["code"] == "no-home"
    assert "earshot init" in fault["said"]
    assert not (tmp_path / "nothing").exists()


def outdate(home: Home) -> None:
    with duckdb.connect(str(home.database)) as connection:
        connection.execute("update meta set value = ? where key = 'schema'", [str(SCHEMA_VERSION - 1)])


def renew(home: Home) -> None:
    with duckdb.connect(str(home.database)) as connection:
        connection.execute("update meta set value = ? where key = 'schema'", [str(SCHEMA_VERSION + 1)])


def damage(home: Home) -> None:
    with home.database.open("r+b") as stream:
        stream.write(b"\0" * 20_000)


SPOILT: dict[str, Callable[[Home], object]] = {
    "home-outdated": outdate,
    "home-newer": renew,
    "damaged": damage,
    "home-lost": lambda home: home.database.unlink(),
    "not-latest": lambda home: (home.root / "journal.txt").write_text("7\ta\tb\tc\t" + "0" * 64),
    "open-to-others": lambda home: home.root.chmod(0o755),
    "settings": lambda home: (home.root / "door.yml").write_text("- nonsense: 1\n"),
}


@pytest.mark.parametrize("code", SPOILT)
def test_each_thing_that_may_be_wrong_has_a_code_and_what_to_do(loaded: Home, code: str) -> None:
    SPOILT[code](loaded)
    before = state_of(loaded.root)
    told = codes(loaded)
    assert code in told
    assert told[code].do or "earshot rebuild" in told[code].said
    assert state_of(loaded.root) == before


def test_a_full_disk_little_memory_and_a_prefect_elsewhere_are_told(
    loaded: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.doctor.place.SPARE", 1e18)
    monkeypatch.setattr("flows.doctor.programs.LEAST_MEMORY", 1e18)
    monkeypatch.setenv("PREFECT_API_URL", "https://prefect.example/api")
    assert {"disk-full", "memory-little", "prefect-elsewhere"} <= set(codes(loaded))


def test_a_clock_that_is_wrong_is_told(loaded: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, days=-1)
    assert set(codes(loaded)) == {"clock-behind"}


def test_a_home_in_use_is_told_with_who_has_it_and_no_fault(loaded: Home) -> None:
    with hold(loaded, "earshot nightly"):
        told = {one.code: one for one in examine(loaded)}
    assert "(earshot nightly, on" in told["lock"].said
    assert [one for one in told.values() if one.level == "fault"] == []


def test_a_quick_look_leaves_the_database_closed(loaded: Home) -> None:
    damage(loaded)
    assert codes(loaded, is_quick=True) == {}
    assert earshot("doctor", "--quick", "--home", loaded.root).code == 0


def test_a_night_that_failed_or_did_not_come_and_files_that_wait_are_told(
    golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(golden.copy(tmp_path / "home"))
    shutil.copy(home.root / "journal.txt", home.inbox / "late.csv")
    monkeypatch.setattr(nights, "_late", lambda home: timedelta(0))
    assert set(codes(home)) == {"night-late", "inbox-waits"}
    with watched(home, nights.NIGHTLY):
        tell_refused(InputError("a file"))
    assert "night-refused" in codes(home)
    with pytest.raises(InputError), watched(home, nights.NIGHTLY):
        raise InputError("the rulebook")
    failed = codes(home)["night-failed"]
    assert failed.level == "fault"
    assert "none did before" not in failed.said

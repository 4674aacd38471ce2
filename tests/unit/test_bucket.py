"""A bucket, at a real server: what is ridden out, what is told, and that no fault leaves half a file."""

from __future__ import annotations

import hashlib
import os
import pickle
import threading
from pathlib import Path

import pytest

from flows.lakes import bucket as module
from flows.lakes.faults import BucketError
from flows.lakes.fetched import keep_only
from tests.support.bucket import SECRET, TRIES, Fault, Opened, Proxy
from transforms.errors import InputError
from transforms.lake.commit import Commit, commit, last_commit
from transforms.lake.store import ChangedError, LostError, TakenError, get_all

CONTENT = os.urandom(12_000_000)
NAME = f"lines/month=2024-12/{hashlib.sha256(CONTENT).hexdigest()[:40]}.parquet"



@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "content"
    path.write_bytes(CONTENT)
    return path


def test_what_is_put_is_listed_got_once_and_deleted(opened: Opened, file: Path, proxy: Proxy) -> None:
    lake, other = opened(), opened()
    lake.put(NAME, file)
    lake.create("commits/00000001.json", b"one")
    assert (lake.list(""), lake.list("lines"), lake.list("line")) == (["commits/00000001.json", NAME], [NAME], [])
    (got,) = get_all(other, [NAME])
    assert got.read_bytes() == CONTENT
    proxy.close()
    assert other.get(NAME) == got
    other.let_go(NAME)
    assert not got.exists()


def test_a_file_can_be_deleted_twice(opened: Opened) -> None:
    lake = opened()
    lake.create("x", b"")
    lake.delete("x")
    lake.delete("x")
    assert lake.list("") == []


RIDDEN_OUT = {
    "errors of the server": [Fault(status=500), Fault(status=503)],
    "throttling": [Fault(status=429)],
    "a slow answer": [Fault(seconds=0.5)],
    "a connection that is cut at once": [Fault(up=0), Fault(down=0)],
}


@pytest.mark.parametrize("faults", RIDDEN_OUT.values(), ids=RIDDEN_OUT)
def test_what_passes_is_ridden_out(faults: list[Fault], opened: Opened, file: Path, proxy: Proxy) -> None:
    for do in (
        lambda lake: lake.put(NAME, file),
        lambda lake: lake.get(NAME),
        lambda lake: lake.list(""),
        lambda lake: lake.create("commits/00000001.json", b"one"),
    ):
        lake = opened()
        proxy.faults = list(faults)
        do(lake)
        assert proxy.faults == []
    assert opened().get(NAME).read_bytes() == CONTENT
    assert opened().get("commits/00000001.json").read_bytes() == b"one"


@pytest.mark.parametrize("most", [100, 5_000_000, 11_999_999])
def test_a_file_that_breaks_off_is_gone_on_with(most: int, opened: Opened, file: Path, proxy: Proxy) -> None:
    proxy.faults = [Fault(up=most // 4)]
    opened().put(NAME, file)
    proxy.faults = [Fault(down=most), Fault(down=most)]
    assert opened().get(NAME).read_bytes() == CONTENT
    assert proxy.faults == []


def test_one_that_always_breaks_off_is_told_and_leaves_nothing_behind(
    opened: Opened, file: Path, proxy: Proxy
) -> None:
    proxy.faults = [Fault(up=1_000_000)] * 50
    lake = opened()
    with pytest.raises(BucketError, match="broke the connection off") as told:
        lake.put(NAME, file)
    assert (told.value.code, told.value.exit_code) == ("cut", 1)
    proxy.faults = []
    assert opened().list("") == []
    opened().put(NAME, file)
    proxy.faults = [Fault(down=10_000)] * 50
    lake = opened()
    with pytest.raises(BucketError, match="broke the connection off"):
        lake.get(NAME)
    assert [path for path in lake.fetched.rglob("*") if path.is_file()] == []


def test_of_a_commit_whose_answer_is_lost_what_is_there_tells(opened: Opened, proxy: Proxy) -> None:
    lake = opened()
    proxy.faults = [Fault(down=0)] * (TRIES + 1)
    lake.create("commits/00000001.json", b"one")
    opened().create("commits/00000001.json", b"one")
    with pytest.raises(TakenError):
        lake.create("commits/00000001.json", b"another")
    proxy.faults = [Fault(down=0)] * 50
    with pytest.raises(BucketError, match="did not say whether it took commits"):
        opened().create("commits/00000002.json", b"two")


def test_of_many_that_commit_at_once_one_does_and_the_others_are_told(opened: Opened) -> None:
    lakes, told = [opened() for _ in range(8)], list[str]()
    start = threading.Barrier(len(lakes))

    def race(number: int) -> None:
        start.wait()
        try:
            commit(lakes[number], Commit(1, "", 1, "", "", str(number), 0), None)
            told.append("")
        except InputError as error:
            told.append(str(error))

    racing = [threading.Thread(target=race, args=(number,)) for number in range(len(lakes))]
    for one in racing:
        one.start()
    for one in racing:
        one.join()
    assert sorted(told)[0] == "" and all("committed to this lake first" in one for one in sorted(told)[1:])
    first = last_commit(opened())
    assert first is not None and told.count("") == 1


def test_a_file_that_is_gone_or_was_changed_is_named(opened: Opened, tmp_path: Path) -> None:
    lake = opened()
    with pytest.raises(LostError, match=f"{lake.address}/{NAME}: is missing"):
        lake.get(NAME)
    (tmp_path / "other").write_bytes(b"other")
    lake.put(NAME, tmp_path / "other")
    with pytest.raises(ChangedError, match="holds something else"):
        lake.get(NAME)
    assert [path for path in lake.fetched.rglob("*") if path.is_file()] == []


def test_it_goes_to_another_process_without_credentials(opened: Opened) -> None:
    lake = opened()
    lake.list("")
    sent = pickle.dumps(lake)
    assert SECRET.encode() not in sent and b"AKIA" not in sent
    assert pickle.loads(sent).list("") == []
    assert SECRET not in f"{lake!r}{lake.access!r}"


def test_what_no_commit_names_leaves_the_folder_and_what_is_being_fetched_stays(tmp_path: Path) -> None:
    for name in ("a/kept", "a/former", f"a/.new.1{module.PARTIAL}", f"a/.old.1{module.PARTIAL}"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    os.utime(tmp_path / f"a/.old.1{module.PARTIAL}", (0, 0))
    keep_only(tmp_path, {"a/kept"})
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [".new.1.partial", "kept"]

"""One hostile file never keeps the others from being loaded: its name, what it is, and whatever reading it raises."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from flows.jobs.failed import by_name
from flows.jobs.inbox import look_into
from flows.jobs.ingest import ingest_file, ingest_files, take_from_inbox
from flows.jobs.layout import draft_layout
from flows.settings import Home
from tests.support.desk import OPEN_DOOR, Desk
from tests.support.extracts import extract, row
from tests.support.hostile import NAMES, NO_FILES, name_of
from transforms.errors import EarshotError, InputError
from transforms.ingest.load import Loaded
from transforms.ingest.named import MOST_BYTES, plain_name
from transforms.visible import visible


class PanicException(BaseException):
    """What a library in Rust raises where it panics: no Exception (PyO3)."""


PanicException.__module__ = "pyo3_runtime"


LOADED = (0, 16, 18, -4)
"""Which of the names are loaded."""
ASIDE = {place: {"export_on": "someday"} for place in (0, 3)}
"""Of which of these a row goes to quarantine."""


def test_each_name_is_told_so_that_it_can_be_read_and_no_two_alike() -> None:
    told = [plain_name(name_of(name)) for name in NAMES]
    assert told == list(NAMES.values())
    assert len(set(told)) == len(NAMES)
    assert all(len(f"..{'0' * 16}-{name}.csv.partial".encode()) <= 255 for name in told)


def test_a_file_of_any_name_is_loaded_by_itself_and_what_is_derived_from_its_name_is_plain(home: Home) -> None:
    (home.root / "door.yml").write_text(OPEN_DOOR)
    names = [list(NAMES)[place] for place in LOADED]
    for number, name in enumerate(names):
        (home.inbox / name_of(name)).write_text(
            extract(row(f"S-{number}"), row(f"Q-{number}", **ASIDE.get(number, {})))
        )
    loaded = [take_from_inbox(home, home.inbox / name_of(name)) for name in names]
    told = [NAMES[name] for name in names]
    aside = [int(number in ASIDE) for number in range(len(told))]
    assert [(one.file_name, one.loaded, one.quarantined) for one in loaded] == [
        (name, 2 - rows, rows) for name, rows in zip(told, aside, strict=True)
    ]
    held = Desk(home).rows(
        "select file_name, shipment_id from lines join batches using (batch_id) where shipment_id ^@ 'S'"
    )
    assert dict(held) == {name: f"S-{number}" for number, name in enumerate(told)}
    assert list(home.inbox.iterdir()) == []
    assert sorted(path.name[17:] for path in home.landed.iterdir()) == sorted(told)
    rows = {one.quarantine_name for one in loaded if one.quarantined}
    assert {path.name for path in home.quarantine.iterdir()} == rows


def test_an_extract_is_dated_by_the_name_that_it_has(desk: Desk) -> None:
    (desk.home.root / "layouts").mkdir()
    text = (Path("data") / "layouts" / "line.yml").read_text().replace("id: line", "id: dated", 1)
    (desk.home.root / "layouts" / "dated.yml").write_text(text + "extract: {date_in_name: '%Y-%m-%d'}\n")
    path = desk.put(extract(row("A")), name_of(b"\xff2026-11-20\x80.csv"))
    ingest_file(desk.home, path, "dated")
    assert desk.rows("select extracted_at::date::text from batches") == [("2026-11-20",)]


def test_a_plain_name_is_never_changed_and_any_other_is_plain_once_and_for_all() -> None:
    for name in ("daily 2026-11-20 (1).csv", "Übersicht{1}.csv", "a" * MOST_BYTES):
        assert plain_name(name) == name
    for name in NAMES:
        assert plain_name(plain_name(name_of(name))) == plain_name(name_of(name))


def test_what_is_no_file_is_told_and_not_followed(home: Home) -> None:
    for name, (make, _) in NO_FILES.items():
        make(home.inbox / name)
    (home.inbox / "good.csv").write_text(extract(row("A")))
    waiting = look_into(home)
    assert [path.name for path in waiting.files] == ["good.csv"]
    told = dict(waiting.unread)
    assert told.keys() == NO_FILES.keys()
    assert [name for name, (_, why) in NO_FILES.items() if not told[name].startswith(f"{name}: {why}")] == []


def test_several_files_are_loaded_around_those_that_cannot_be(desk: Desk) -> None:
    inbox = desk.home.inbox
    for name, (make, _) in NO_FILES.items():
        make(inbox / name)
    good = [desk.put(extract(row(name)), f"{name}.csv") for name in ("A", "B")]
    gone = inbox / "gone.csv"
    loaded, refused = ingest_files(desk.home, [good[0], *(inbox / name for name in NO_FILES), gone, good[1]])
    assert [one.file_name for one in loaded] == ["A.csv", "B.csv"]
    assert refused.keys() == {*NO_FILES, "gone.csv"}
    assert "no layout matches" in refused["of-the-system.csv"]  # whoever names a link means what it leads to
    for name in set(NO_FILES) - {"of-the-system.csv"}:
        with pytest.raises(InputError, match=name):
            draft_layout(desk.home, inbox / name, None, inbox.parent / "x.yml", "")


def test_a_layout_is_drafted_for_a_file_of_any_name(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.home.root)
    for number, name in enumerate(list(NAMES)[::4]):
        path = desk.put(extract(row("A")), name_of(name))
        assert draft_layout(desk.home, path, None, Path(f"{number}.yml"), "")["kind"] == "lines"
    draft_layout(desk.home, desk.put(extract(row("A")), name_of(b"my-\xff" + b"A" * 247 + b".csv")), None, None, "")


RAISED: list[BaseException] = [
    RuntimeError("\udcff\x1b[31m"),
    MemoryError(),
    duckdb.FatalException("FATAL Error: database has been invalidated"),
    PanicException("index out of bounds"),
]


def test_whatever_reading_one_file_raises_the_others_are_loaded_and_nothing_of_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    import transforms.ingest.load as load

    whole = load.count_what_is_kept

    def fail(arrival: load.Arrival, *rest: Loaded) -> None:
        whole(arrival, *rest)
        if arrival.path.name.startswith("bad"):
            raise RAISED[int(arrival.path.stem[-1])]

    monkeypatch.setattr(load, "count_what_is_kept", fail)  # when all rows are in their tables
    bad = [desk.put(extract(row(f"BAD-{number}")), f"bad-{number}.csv") for number in range(len(RAISED))]
    good = desk.put(extract(row("GOOD")), "good.csv")
    loaded, refused = ingest_files(desk.home, [*bad, good])
    assert ([one.file_name for one in loaded], list(refused)) == ([good.name], [path.name for path in bad])
    for name, told in refused.items():
        assert told.startswith(f"{name}: ")
        assert "stays where it is" in told
        assert told == visible(told)
    assert desk.rows("select shipment_id from lines") == [("GOOD",)]
    assert desk.rows("select count(*) from batches") == [(1,)]


def test_what_ends_the_process_is_let_through(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("flows.jobs.ingest.ingest_file", stop)
    with pytest.raises(KeyboardInterrupt):
        ingest_files(desk.home, [desk.put("a", "one.csv"), desk.put("a", "two.csv")])


@contextmanager
def files_of_at_most(most: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes: a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("most", [10, 1_000], ids=["landing", "commit"])
def test_a_disk_that_is_full_is_told_by_file_and_the_home_takes_the_next_one(desk: Desk, most: int) -> None:
    desk.take(extract(row("FIRST")), "first.csv")
    content = extract(row("S-1"))
    path = desk.home.inbox / "big.csv"
    path.write_text(content)
    with files_of_at_most(most), pytest.raises(EarshotError, match=r"^big\.csv: .*Free disk space"):
        take_from_inbox(desk.home, path)
    assert path.exists()
    assert desk.rows("select count(*) from lines") == [(1,)]
    assert take_from_inbox(desk.home, path).loaded == 1


def test_a_file_that_was_changed_for_a_link_or_is_gone_is_told(desk: Desk) -> None:
    path = desk.home.inbox / "extract.csv"
    with pytest.raises(InputError, match=r"extract\.csv: the file does not exist"):
        take_from_inbox(desk.home, path)
    path.symlink_to(desk.put(extract(row("A"))))
    with pytest.raises(InputError, match=r"extract\.csv: a link"):
        take_from_inbox(desk.home, path)


def test_of_two_files_told_by_one_name_each_is_told() -> None:
    assert by_name([("a", "1"), ("a", "2"), ("a", "3"), ("b", "4")]) == {"a": "1", "a (2)": "2", "a (3)": "3", "b": "4"}


def test_nothing_in_the_text_of_others_acts_on_a_terminal() -> None:
    assert visible("a\x1b[2Jb\tc\nd\u202ee\udcff") == "a{U+001B}[2Jb\tc\nd{U+202E}e{FF}"
    assert visible("Übergröße \u200d 中 \\d {x}") == "Übergröße \u200d 中 \\d {x}"

"""A file is landed as it came, under its hash, and stays as it was landed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.extracts import extract, row
from transforms.errors import InputError
from transforms.ingest.land import digest, land

CONTENT = extract(row("A"), row("B"))


@pytest.mark.parametrize(
    ("content", "lines", "blank_lines"),
    [
        (b"", 0, 0),
        (b"a", 1, 0),
        (b"a\nb", 2, 0),
        (b"a\r\nb\r\n", 2, 0),
        (b"a\rb\r", 2, 0),
        (b"a\n\n\nb\n\n", 2, 3),
        (b"\r\n\r\na\r\n", 1, 2),
        (b"a\nb\r\nc\rd", 4, 0),
        (b"\n", 0, 1),
    ],
)
def test_lines_are_counted_whatever_ends_them(tmp_path: Path, content: bytes, lines: int, blank_lines: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    file = digest(path)
    assert (file.lines, file.blank_lines) == (lines, blank_lines)
    assert (file.sha256, file.size_bytes) == (hashlib.sha256(content).hexdigest(), len(content))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_are_counted_across_the_pieces_in_which_a_file_is_read(
    tmp_path: Path, end: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transforms.ingest.land._CHUNK", 3)
    path = tmp_path / "file"
    path.write_bytes(end.join(b"x" * (number % 4) for number in range(41)) + end)
    file = digest(path)
    assert (file.lines, file.blank_lines) == (30, 11)


def test_a_file_that_is_ours_is_linked_and_another_is_copied(tmp_path: Path) -> None:
    for is_ours in (True, False):
        path = tmp_path / f"{is_ours}.csv"
        path.write_text(CONTENT + str(is_ours))
        target = land(path, tmp_path / "landed", digest(path), is_ours=is_ours)
        assert target.samefile(path) is is_ours
        assert target.read_bytes() == path.read_bytes()


def test_a_file_that_its_owner_writes_to_later_stays_as_it_was_landed(desk: Desk) -> None:
    desk.take(CONTENT)
    with desk.put(CONTENT).open("a") as stream:
        stream.write(row("C") + "\n")
    assert [path.read_text() for path in desk.home.landed.iterdir()] == [CONTENT]


def test_a_link_in_the_inbox_is_landed_as_the_file_it_names(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text(CONTENT)
    link.symlink_to(real)
    target = land(link, tmp_path / "landed", digest(link), is_ours=True)
    real.write_text("changed")
    assert not target.is_symlink()
    assert target.read_text() == CONTENT


def test_a_file_with_another_name_elsewhere_is_copied(tmp_path: Path) -> None:
    kept, path = tmp_path / "kept.csv", tmp_path / "inbox.csv"
    kept.write_text(CONTENT)
    os.link(kept, path)
    target = land(path, tmp_path / "landed", digest(path), is_ours=True)
    assert not target.samefile(kept)


def test_a_file_that_grew_while_it_was_read_is_refused_and_not_landed(tmp_path: Path) -> None:
    path = tmp_path / "growing.csv"
    path.write_text(CONTENT)
    file = digest(path)
    with path.open("a") as stream:
        stream.write(row("C") + "\n")
    with pytest.raises(InputError, match=r"growing\.csv: the file changed while it was read"):
        land(path, tmp_path / "landed", file, is_ours=True)
    assert list((tmp_path / "landed").iterdir()) == []


def test_what_was_landed_before_stays(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(CONTENT)
    first = land(path, tmp_path / "landed", digest(path), is_ours=False)
    before = first.stat().st_ino
    assert land(path, tmp_path / "landed", digest(path), is_ours=True) == first
    assert first.stat().st_ino == before

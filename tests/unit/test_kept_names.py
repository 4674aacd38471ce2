"""The entries of the lists and their names made ready, kept between processes: the same as made anew, or not taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from tests.support.shipped import shipped_rulebook
from transforms.errors import RulebookError
from transforms.names.match import LISTED
from transforms.parties import parties
from transforms.parties.parties import find_parties
from transforms.pipeline import give
from transforms.rulebook import listed as rulebook_lists
from transforms.rulebook.listed import Listed
from transforms.screening.look_up import _OTHERS
from transforms.store import open_memory

HEAD = b"entry_id,list,name,aliases,countries,requirement,listed_from,as_of,source,confidence\n"
ROWS = HEAD + (
    b"1,EL,Amur Precision Optics,Amur Optik | APO Works,RU,all items,2022-03-03,2026-11-01,a test,high\n"
    b"2,EL,Beta Naval Institute,,CN,all items,2020-01-02,2026-11-01,a test,high\n"
)
ASKED = ("Amur Precision Optics", "OOO Amur Optik", "Beta Naval Institut", "Harmless Trading")


@pytest.fixture(autouse=True)
def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing of what is kept within the process."""
    monkeypatch.setattr(parties, "_READY", {})
    monkeypatch.setattr(rulebook_lists, "_READ", {})


def lists(rows: bytes = ROWS, made: Path | None = None) -> Listed:
    """Return these lists as a new process reads them, with the shipped words."""
    parties._READY.clear()
    rulebook_lists._READ.clear()
    return Listed({"entity-list.csv": rows}, shipped_rulebook().listed.words, made=made)


def found(listed: Listed) -> tuple[list[tuple], list[pa.Table]]:
    """Return which entries four parties may be, and what the names of the lists are made ready as."""
    rows = [
        dict.fromkeys(_OTHERS, "")
        | {"line_id": at, "end_user_name": name, "end_user_country": "RU", "end_user_address": ""}
        for at, name in enumerate(ASKED)
    ]
    with open_memory() as connection:
        give(connection, "own_lines", pa.Table.from_pylist(rows))
        find_parties(connection, listed, "from own_lines")
        matches = connection.execute("from party_matches order by all").fetchall()
        return matches, [connection.sql(f"from {name} order by all").to_arrow_table() for name in LISTED]


def test_kept_names_match_as_those_made_anew(tmp_path: Path) -> None:
    made = tmp_path / "made"
    anew = found(lists())
    assert {row[1] for row in anew[0]} >= set(ASKED[:2])
    assert found(lists(made=made)) == anew
    assert sorted(path.name.split("-")[0] for path in made.iterdir()) == ["lists", "names"]
    again = lists(made=made)
    again.__dict__["names"] = None  # it is not asked for
    assert found(again) == anew
    other = ROWS.replace(b"Amur Precision", b"Onega Precision")
    assert found(lists(other, made)) == found(lists(other)) != anew


def test_kept_entries_are_those_of_the_files(tmp_path: Path) -> None:
    shipped = shipped_rulebook().listed
    for _ in range(2):
        rulebook_lists._READ.clear()
        assert replace(shipped, made=tmp_path / "made").entries.equals(shipped._entries())
    with pytest.raises(RulebookError):
        _ = lists(ROWS.replace(b"2020-01-02", b"2020-13-02"), tmp_path / "made").entries
    assert len(list((tmp_path / "made").iterdir())) == 1


@pytest.mark.parametrize("kind", ["lists", "names"])
def test_where_what_is_kept_is_damaged_it_is_made_anew(tmp_path: Path, kind: str) -> None:
    made = tmp_path / "made"
    anew = found(lists(made=made))
    (path,) = made.glob(f"{kind}-*")
    whole = path.read_bytes()
    for content in (b"", whole[:-7], whole[:200] + b"\0" + whole[201:]):
        path.write_bytes(content)
        listed = lists(made=made)
        assert (found(listed), listed.entries.num_rows) == (anew, 2)
        assert path.read_bytes() == whole

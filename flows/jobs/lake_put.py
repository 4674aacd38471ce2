"""Put what a home holds into a lake: files of its lines and filings, its tables, and the files beside its database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import duckdb

from flows.settings import VERSION, Home
from transforms.derived import CANARY
from transforms.holding import NOTE
from transforms.lake.commit import Commit, Held, hash_of_commit
from transforms.lake.cut import NO_MONTH, hash_of
from transforms.lake.parts import File
from transforms.lake.store import Store
from transforms.lake.tables import last_batch_of, write_tables
from transforms.store import SCHEMA_VERSION

_NOT_MOVED = ("state", NOTE)
"""What of the folder of a home is no part of it elsewhere: what can be made again, and the note of who holds it."""
_DATABASE = "earshot.duckdb"
_HASHES = "lake-files.json"
"""In `state/`: the sha256 of files that were put, with size and time of change, so that none is read twice."""


def as_committed(connection: duckdb.DuckDBPyConnection, before: Commit | None) -> Commit:
    """Return the commit after `before`, without files, of the home whose database is open."""
    ((canary,),) = connection.execute(CANARY).fetchall()
    number, parent = (before.number + 1, hash_of_commit(before)) if before else (1, "")
    last_batch = last_batch_of(connection)
    return Commit(number, parent, SCHEMA_VERSION, canary, duckdb.__version__, VERSION, last_batch)


def put_rows(files: Iterable[File], kind: str, lake: Store, known: set[str]) -> Iterator[Held]:
    """Put files of one month each, and yield how a commit names them."""
    for file in files:
        month = "none" if file.month == NO_MONTH else f"{file.month:%Y-%m}"
        name = f"{kind}/month={month}/{file.sha256[:40]}.parquet"
        _put(lake, name, file.path, known)
        yield Held(name, kind, file.sha256, file.rows, file.month, kind)


def put_tables(
    connection: duckdb.DuckDBPyConnection, beside: Path, lake: Store, known: set[str]
) -> Iterator[Held]:
    """Put the tables that a home has beside lines and filings, and yield how a commit names them."""
    for table, path, rows in write_tables(connection, beside):
        sha256 = hash_of(path)
        name = f"tables/{table}/{sha256[:40]}.parquet"
        _put(lake, name, path, known)
        yield Held(name, "table", sha256, rows, None, table)


def put_files(home: Home, lake: Store, known: set[str], without: Sequence[str] = ()) -> Iterator[Held]:
    """Put the files of the home beside its database, but for some folders, and yield how a commit names them."""
    hashes = _Hashes(home.state / _HASHES)
    for path in sorted(home.root.rglob("*")):
        within = path.relative_to(home.root)
        is_half_made = any(part.startswith(".") and part.endswith((".partial", ".former")) for part in within.parts)
        is_none = within.parts[0] in (*_NOT_MOVED, home.pointer.name, *without) or within.parts[0].startswith(_DATABASE)
        if not path.is_file() or is_none or is_half_made or path.name == ".replaying.csv":
            continue
        sha256 = hashes.of(path, within.as_posix())
        name = f"files/{sha256[:2]}/{sha256}"
        if name not in known:
            lake.put(name, path)
        yield Held(name, "file", sha256, None, None, within.as_posix())
    hashes.keep()


def names_in(one: Commit | None) -> set[str]:
    """Return the names of the files of a commit. These need not be put again.

    What only an earlier commit names may be deleted at any time (`earshot lake clean`), and is put anew.
    """
    return {held.name for held in one.files} if one else set()


def _put(lake: Store, name: str, path: Path, known: set[str]) -> None:
    """Put a file whose name tells what it holds, unless it is known; take away the copy at hand."""
    if name not in known:
        lake.put(name, path)
    with suppress(FileNotFoundError):
        path.unlink()


class _Hashes:
    """The sha256 of files as they were when they were last read; a file that changed since is read again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: dict[str, list[object]] = {}
        self._now: dict[str, list[object]] = {}
        with suppress(OSError, ValueError):
            self._held = dict(json.loads(path.read_text(encoding="utf-8")))

    def of(self, path: Path, name: str) -> str:
        stat = path.stat()
        mark: list[object] = [stat.st_size, stat.st_mtime_ns, stat.st_ino]
        held = self._held.get(name)
        sha256 = str(held[3]) if held and held[:3] == mark else hash_of(path)
        self._now[name] = [*mark, sha256]
        return sha256

    def keep(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._path.with_suffix(".partial")
        partial.write_text(json.dumps(self._now), encoding="utf-8")
        partial.replace(self._path)



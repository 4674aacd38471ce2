"""The journal: every screening of the present and every decision, each sealed with the hash of the one before it.

15 CFR 762.5(b) asks an electronic record system for unalterable records and a log of changes with who and when.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import duckdb

from transforms.durable import sync
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"
FIRST = "0" * 64
"""What stands in place of a hash before the first entry."""


@dataclass(frozen=True)
class Deed:
    """What an entry says of itself: a screening (`run`) or a decision, of which day, by whom, when (UTC)."""

    kind: Literal["run", "decision"]
    name: str
    """The run id, or what was decided in a few words."""
    as_of: date
    done_by: str
    done_at: datetime
    known_until: datetime | None = None
    rulebook_hash: str = ""
    version: str = ""
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry of the journal, as it is stored."""

    entry: int
    deed: Deed
    row_count: int
    rows_sha256: str
    previous_sha256: str
    sha256: str

    @property
    def expected_sha256(self) -> str:
        """The hash that its content makes."""
        return _hash(self.entry, self.deed, self.row_count, self.rows_sha256, self.previous_sha256)


def next_number(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the entry that comes next; the first is 1."""
    return int(connection.execute("select coalesce(max(entry), 0) + 1 from journal").fetchall()[0][0])


def seal(connection: duckdb.DuckDBPyConnection, number: int, deed: Deed) -> Entry:
    """Add entry `number` over its rows in `ledger_events` and `dispositions`, which are there already; return it."""
    last = connection.execute("select sha256 from journal order by entry desc limit 1").fetchall()
    previous = last[0][0] if last else FIRST
    row_count, rows_sha256 = hash_rows(connection, number)
    sha256 = _hash(number, deed, row_count, rows_sha256, previous)
    columns = ["entry", *asdict(deed), "row_count", "rows_sha256", "previous_sha256", "sha256"]
    values = [number, *asdict(deed).values(), row_count, rows_sha256, previous, sha256]
    marks = ", ".join("?" * len(values))
    connection.execute(f"insert into journal ({', '.join(columns)}) values ({marks})", values)
    return Entry(number, deed, row_count, rows_sha256, previous, sha256)


def hash_rows(connection: duckdb.DuckDBPyConnection, number: int) -> tuple[int, str]:
    """Return how many rows an entry has, and their sha256."""
    rows = read_sql(SQL / "entry_rows.sql")
    query = f"select count(*), sha256(coalesce(string_agg(held, chr(10) order by held), '')) from ({rows})"
    count, digest = connection.execute(query, {"entry": number}).fetchall()[0]
    return int(count), str(digest)


def read_journal(connection: duckdb.DuckDBPyConnection, kind: str | None = None) -> Iterator[Entry]:
    """Yield the entries in their order, of one kind where it is named."""
    fields = list(Deed.__dataclass_fields__)
    names = ["entry", *fields, "row_count", "rows_sha256", "previous_sha256", "sha256"]
    query = f"select {', '.join(names)} from journal where $kind is null or kind = $kind order by entry"
    for row in connection.execute(query, {"kind": kind}).fetchall():
        held: dict[str, Any] = dict(zip(names, row, strict=True))
        deed = Deed(**{name: held.pop(name) for name in fields})
        yield Entry(deed=deed, **held)


def write_seals(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Add a line to the file at `path` for each entry that it has none of: number, kind, name, when (UTC), seal.

    The file is text beside the database. Whoever keeps a copy of its last line elsewhere can prove that nothing before
    it was changed or taken out since.
    """
    noted = read_seals(path)
    added = [seal_line(one) for one in read_journal(connection) if one.entry not in noted]
    if added:
        before = path.read_text(encoding="utf-8", errors="replace").splitlines() if noted else []
        partial = path.with_name(f".{path.name}.partial")
        partial.write_text("\n".join([*before, *added]) + "\n", encoding="utf-8")
        sync(partial)
        partial.replace(path)


def seal_line(entry: Entry) -> str:
    """Return the line that tells of an entry in the file of seals."""
    deed = entry.deed
    return f"{entry.entry}\t{deed.kind}\t{deed.name}\t{deed.done_at:%Y-%m-%dT%H:%M:%S}Z\t{entry.sha256}"


def read_seals(path: Path) -> dict[int, str]:
    """Return the seals that the file at `path` holds, by number of entry; none where there is no file."""
    if not path.is_file():
        return {}
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return {int(row[0]): row[-1] for row in rows if len(row) == 5 and row[0].isdecimal()}


def read_runs_sealed(path: Path) -> list[datetime]:
    """Return when screenings were noted (UTC), as the file of seals at `path` tells without the database."""
    if not path.is_file():
        return []
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return [datetime.strptime(row[3], "%Y-%m-%dT%H:%M:%SZ") for row in rows if len(row) == 5 and row[1] == "run"]


def last_run(connection: duckdb.DuckDBPyConnection) -> Entry | None:
    """Return the last screening that was noted, or None."""
    runs = list(read_journal(connection, "run"))
    return runs[-1] if runs else None


def _hash(number: int, deed: Deed, row_count: int, rows_sha256: str, previous: str) -> str:
    said = [number, asdict(deed), row_count, rows_sha256, previous]
    return hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()

"""Damage of a database file: told by the words of DuckDB, which has no code for it, and by reading every table."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import BinaryIO

import duckdb

from transforms.errors import HomeDamaged

_DAMAGE = re.compile(
    r"corrupt|checksum|not a valid DuckDB database|Could not read enough bytes|replaying WAL|has been invalidated"
    r"|deserializ|INTERNAL Error|Serialization Error|FATAL Error|Failed to load metadata|wrong magic",
    re.IGNORECASE,
)
_LOG_BEGINS = b"\x64\x00\x62\x65\x00"
"""The first bytes of a write-ahead log of DuckDB, which passes over one that begins otherwise, and what it held."""

_LAST_VERSION = b"\x0f"
_HEADING = 128
"""Bytes among which its heading ends."""
_ENTRY = struct.Struct("<Q")
"""The length of an entry, before its checksum and the entry itself."""
_MOST = 2**40


def is_damage(error: BaseException) -> bool:
    """Return whether an error of DuckDB may come of a file that is damaged."""
    return isinstance(error, duckdb.Error) and bool(_DAMAGE.search(str(error)))


def log_of(path: Path) -> Path:
    """Return where the write-ahead log of the database at `path` is: what was committed and is not in the file yet."""
    return path.with_name(f"{path.name}.wal")


def refuse_broken_log(path: Path) -> None:
    """Raise HomeDamaged where the write-ahead log beside the database is none: DuckDB would pass it over in silence."""
    log = log_of(path)
    if log.is_file() and not _is_log(log):
        raise HomeDamaged(f"{path}: the database is damaged: its log {log.name}, with what was saved last, is broken")


def _is_log(log: Path) -> bool:
    """Return whether a file is a log of DuckDB: a heading, and entries that each tell their size.

    It may end in the middle of an entry, as where a process was killed while it wrote one.
    """
    size = log.stat().st_size
    with log.open("rb") as stream:
        begins = stream.read(_HEADING)
        if not begins.startswith(_LOG_BEGINS[: len(begins)]) or begins[5:6] > _LAST_VERSION:
            return False
        if len(begins) < _HEADING and begins == begins[: len(_LOG_BEGINS)]:
            return True  # killed as it began
        place = _end_of_heading(begins)
        return place is None or _has_entries(stream, place, size)


def _end_of_heading(begins: bytes) -> int | None:
    """Return where the first entry begins; 0 where the heading is broken, None where it is of a kind not known here."""
    place = 6
    while begins[place : place + 2] != b"\xff\xff":
        name, place = begins[place : place + 2], place + 2
        numbers = 1
        if name == b"\x66\x00":  # the mark of the database, of bytes
            numbers, place = begins[place] if place < len(begins) else 0, place + 1
        elif name != b"\x67\x00":
            return None if len(name) == 2 and name[1] == 0 else 0
        for _ in range(numbers):
            while place < len(begins) and begins[place] & 0x80:
                place += 1
            place += 1
        if place >= len(begins):
            return 0
    return place + 2


def _has_entries(stream: BinaryIO, place: int, size: int) -> bool:
    if not place:
        return False
    while place + _ENTRY.size <= size:
        stream.seek(place)
        (length,) = _ENTRY.unpack(stream.read(_ENTRY.size))
        if length > _MOST:
            return False
        if length == 0:  # room that was not written to
            return True
        place += 2 * _ENTRY.size + length
    return True


def unreadable_tables(path: Path) -> dict[str, str]:
    """Return the tables of the database at `path` that cannot be read to the end, and why; all others can.

    The one without a name stands for a file that cannot be opened for damage. Expects that nobody has it open.
    """
    found: dict[str, str] = {}
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            tables = _tables(connection)
    except duckdb.Error as error:
        if not is_damage(error):
            raise
        return {"": _first_line(error)}
    for table in tables:
        try:  # a connection of its own: one that met damage may read nothing any more
            with duckdb.connect(str(path), read_only=True) as connection:
                _read(connection, table)
        except duckdb.Error as error:
            found[table] = _first_line(error)
    return found


def read_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Read every value of every table; raise duckdb.Error where that cannot be done."""
    for table in _tables(connection):
        _read(connection, table)


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    query = "select table_name from duckdb_tables() where not internal and not temporary order by 1"
    return [table for (table,) in connection.execute(query).fetchall()]


def _read(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    connection.execute(f'select bit_xor(hash(t)) from "{table}" as t').fetchall()


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0]

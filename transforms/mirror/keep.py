"""Keep the mirror of a database: a folder for each time that something came, whole or not at all, and never changed.

What only grows (the journal, decisions, what became of each file) is written once. Of what changes in place (ledger,
holds, rates) the latest folder with a file of that name counts, and files of before are taken away.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from transforms.derived import NOTED
from transforms.durable import sync, sync_all
from transforms.errors import EarshotError

GROWING = {
    "batches": "batch_id", "door_profiles": "batch_id",
    "journal": "entry", "ledger_events": "entry", "dispositions": "entry",
}  # fmt: skip
"""Tables that only grow, and by which number."""
BY_ENTRY = ("ledger", "ledger_situations")
"""Tables that change with the entries of the journal alone."""
SMALL = ("accepted", "holds", "archives", "migrations", "rates", "rate_files")
STATE = "state.json"


@dataclass(frozen=True)
class State:
    """Up to where a mirror goes: the last entry of the journal, its seal, the last batch, the sha256 of its file."""

    entry: int = 0
    seal: str = ""
    batch: int = 0
    batch_sha256: str = ""
    noted: dict[str, str] = field(default_factory=dict)
    """What `meta` has of the last screening that was noted, by its keys."""
    small: dict[str, str] = field(default_factory=dict)
    """Rows and hash of each small table, to tell whether it changed."""


def keep(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Bring the mirror in `folder` up to the database, where it is not. Expects no open transaction."""
    held, now = read_state(folder), read_database(connection)
    if held == now:
        return
    before = held or State()
    parts = part_folders(folder)
    target = folder / f"{int(parts[-1].name) + 1 if parts else 1:06d}"
    partial = folder / f".{target.name}.partial"
    _clear(partial)
    partial.mkdir(parents=True)
    for table, number in GROWING.items():
        since, until = (before.batch, now.batch) if number == "batch_id" else (before.entry, now.entry)
        if until > since:
            where = f"where {number} > {since} order by {number}"
            connection.sql(f"from {table} {where}").write_parquet(str(partial / f"{table}.parquet"), compression="zstd")
    changed = [one for one in SMALL if now.small[one] != before.small.get(one)]
    changed += BY_ENTRY if now.entry > before.entry else ()
    for table in changed:
        connection.sql(f"from {table}").write_parquet(str(partial / f"{table}.parquet"), compression="zstd")
    (partial / STATE).write_text(json.dumps(asdict(now), indent=2) + "\n", encoding="utf-8")
    sync_all(partial)
    partial.rename(target)
    sync(folder)
    for former in parts:
        for table in changed:
            (former / f"{table}.parquet").unlink(missing_ok=True)


def read_database(connection: duckdb.DuckDBPyConnection) -> State:
    """Return up to where a mirror of the database would go."""
    entries = connection.execute("select entry, sha256 from journal order by entry desc limit 1").fetchall()
    batches = connection.execute("select batch_id, sha256 from batches order by batch_id desc limit 1").fetchall()
    ((entry, seal),), ((batch, sha256),) = entries or [(0, "")], batches or [(0, "")]
    noted = connection.execute("select key, value from meta where list_contains(?, key)", [list(NOTED)]).fetchall()
    small = {}
    for table in SMALL:
        query = f"select concat_ws(' ', count(*), coalesce(sum(hash(t)::hugeint), 0)) from {table} as t"
        small[table] = str(connection.execute(query).fetchall()[0][0])
    return State(int(entry), str(seal), int(batch), str(sha256), dict(sorted(noted)), small)


def part_folders(folder: Path) -> list[Path]:
    """Return the folders of a mirror in their order; none where there is no mirror."""
    return sorted(one for one in folder.glob("[0-9]*") if one.name.isdecimal()) if folder.is_dir() else []


def read_state(folder: Path) -> State | None:
    """Return up to where the mirror in `folder` goes, or None where there is none.

    Raises EarshotError where its last folder cannot be read.
    """
    parts = part_folders(folder)
    if not parts:
        return None
    path = parts[-1] / STATE
    try:
        return State(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise EarshotError(
            f"{path}: cannot be read ({error}). The database is not affected. Move the folder {folder} away, and the"
            " next command writes it again from the database."
        ) from error


def _clear(folder: Path) -> None:
    for path in folder.iterdir() if folder.is_dir() else ():
        path.unlink()
    if folder.is_dir():
        folder.rmdir()

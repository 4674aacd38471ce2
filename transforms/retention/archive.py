"""Move what falls outside into an archive: written whole and on the disk first, taken out of the live tables after.

Killed at any moment, a record stands in the live tables, in the archive, or in both; never in neither.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import datetime
from pathlib import Path

import duckdb

from transforms.durable import sync, sync_all
from transforms.errors import EarshotError
from transforms.pipeline import make_view, transaction
from transforms.retention.outside import DATES_USED, Outside
from transforms.sql import as_named
from transforms.store import forget_kept

TABLES = {
    "lines": "select l.* from lines as l semi join outside using (source, shipment_id)",
    "filings": "select f.* from filings as f semi join filed_outside as o on o.source = f.source and o.itn = f.itn",
    "quarantine": "from quarantine_outside",
    "left_out": "from left_out_outside",
}
"""What goes, by table: every version of the rows, as they are stored."""


def write_archive(
    connection: duckdb.DuckDBPyConnection, outside: Outside, folder: Path, findings: Path | None,
    at: datetime, by: str,
) -> tuple[str, dict[str, int]]:  # fmt: skip
    """Write what falls outside into a new folder below `folder`; return its name and the rows of each file.

    Expects the temporary tables of `find_outside`. `findings` is the Parquet file of the last screening. What an
    archive that was broken off has written is no archive: its rows are still in the live tables.
    """
    clear_unfinished(connection, folder)
    partial = folder / ".archive.partial"
    partial.mkdir(parents=True)
    queries = dict(TABLES)
    if findings is not None:
        make_view(connection, "last_findings", "from read_parquet($path)", {"path": as_named(findings)})
        queries["findings"] = "from last_findings semi join outside using (source, shipment_id)"
    files = []
    for name, query in queries.items():
        path = partial / f"{name}.parquet"
        connection.sql(f"from ({query}) order by all").write_parquet(str(path), compression="zstd")
        rows = connection.execute("select count(*) from read_parquet(?)", [as_named(path)]).fetchall()
        files.append({"file": path.name, "rows": rows[0][0], "sha256": _sha256(path)})
    content = {"as_of": outside.as_of, "years": outside.years, "files": files}
    digest = hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()[:10]
    manifest = {**outside.as_dict(), "archived_at": f"{at:%Y-%m-%d %H:%M:%S} UTC", "archived_by": by, "files": files,
                "extracts": [sha256 for _, sha256 in outside.batches], "dates_used": DATES_USED}  # fmt: skip
    (partial / "manifest.json").write_text(json.dumps(manifest, indent=2, default=str) + "\n", encoding="utf-8")
    name = f"{outside.as_of}-{digest}"
    sync_all(partial)
    partial.rename(folder / name)
    sync(folder)
    return name, {str(one["file"]).removesuffix(".parquet"): int(str(one["rows"])) for one in files}


def take_out(
    connection: duckdb.DuckDBPyConnection, outside: Outside, name: str, written: dict[str, int], at: datetime, by: str
) -> None:
    """Take out of the live tables, in one transaction, what stands in the archive `name`, and note the archive.

    Raises EarshotError where not exactly the rows that were written go; nothing is changed then.
    """
    with transaction(connection):
        gone = {
            "quarantine": _delete(
                connection, "quarantine", "batch_id in (select batch_id from quarantine_outside)"
            ),
            "left_out": _delete(
                connection, "left_out", "batch_id in (select batch_id from left_out_outside)"
            ),
            "lines": _delete(
                connection, "lines",
                "(source, shipment_id) in (select (source, shipment_id) from outside)",
            ),
            "filings": _delete(
                connection, "filings",
                "(source, itn) in (select (source, itn) from filed_outside)",
            ),
        }  # fmt: skip
        if any(written[table] != rows for table, rows in gone.items()):
            raise EarshotError(
                f"archive {name}: what was written ({written}) is not what would go ({gone}); nothing was taken out"
            )
        forget_kept(connection)
        connection.execute(
            "insert into archives values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [name, outside.as_of, outside.years, outside.lines, outside.filings, outside.until_on,
             [sha256 for _, sha256 in outside.batches], by, at],
        )  # fmt: skip


def move_landed(connection: duckdb.DuckDBPyConnection, landed: Path, folder: Path) -> list[str]:
    """Move the landed files of which every row is archived to their archive; return the names of those moved now.

    Also those that a run before was killed before it could move.
    """
    moved = []
    for name, hashes in connection.execute("select name, extracts from archives order by name").fetchall():
        for sha256 in hashes:
            for path in sorted(landed.glob(f"{sha256[:16]}-*")):
                target = folder / name / "landed" / path.name
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
                moved.append(path.name)
    return moved


def clear_unfinished(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Remove the folders of archives that were broken off before their rows were taken out of the live tables."""
    noted = {name for (name,) in connection.execute("select name from archives").fetchall()}
    for path in folder.iterdir() if folder.is_dir() else ():
        if (
            path.is_dir()
            and path.name not in noted
            and ((path / "manifest.json").is_file() or path.name.startswith("."))
        ):
            shutil.rmtree(path)


def _delete(connection: duckdb.DuckDBPyConnection, table: str, where: str) -> int:
    row = connection.execute(f"delete from {table} where {where}").fetchone()
    return int(row[0]) if row else 0


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

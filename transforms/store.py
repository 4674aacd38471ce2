"""The database of a home: its tables, and how it is opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from transforms.damage import is_damage, refuse_broken_log
from transforms.derived import FACT_TERMS, FOLLOWED_BATCH, Terms, derived_state, tables_of_home
from transforms.errors import EarshotError, HomeDamaged, HomeLost, HomeNewer, HomeOutdated
from transforms.holding import NOTE, busy, read_holder
from transforms.phases import working
from transforms.pipeline import transaction
from transforms.sql import UNWANTED, read_sql

__all__ = ["SCHEMA_VERSION", "connect", "forget_kept", "load_common", "open_memory", "open_store", "tables_of_home"]
COMMON = Path(__file__).parent / "common.sql"
SCHEMA_VERSION = 13
"""Of the recorded columns. Whoever raises it writes a migration (`migrations/`), and keeps a home of the one before."""
FIRST_VERSION = 4
"""The earliest that can be taken over."""
BLOCK_BYTES = 65_536
"""The size of a block of a new database. Small changes of a night rewrite whole blocks and leave others half full: with
blocks of a quarter of DuckDB's own size a home takes 8 % less room, and grows by a third less over thirty nights of
restatements; loading takes 3 % longer."""

CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "disabled_optimizers": UNWANTED,
}
"""Of every connection: nothing is fetched."""


@contextmanager
def open_store(
    path: Path,
    *,
    terms: Terms | None = None,
    read_only: bool = False,
    most_memory: str | None = None,
    threads: int | None = None,
    not_new: str = "",
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection to the database at `path`, with its tables in place.

    `terms` are those of the law by which facts are told, None where they need not be these; `most_memory` is what
    DuckDB may hold at once, as `2GB`, and `threads` on how many threads it works; `not_new` says why an empty file is
    not to become a new home: HomeLost with it is raised then. Raises HomeBusy when another process writes to it,
    HomeNewer when a later version wrote it, and HomeOutdated when it is first to be taken over from an earlier one, or
    what is derived in it is to be made anew.
    """
    with connect(path, read_only=read_only, most_memory=most_memory, threads=threads) as connection:
        stored = read_meta(connection)
        if not_new and not stored and _is_new(connection):
            raise HomeLost(not_new)
        if not stored and not read_only and _is_new(connection):
            create(connection, terms)
        else:
            check_schema(connection, path, stored)
            if why := outdated(connection, stored, terms):
                raise HomeOutdated(
                    f"{path}: {why}. To upgrade it, run any command on its home, for example: earshot verify"
                )
        load_common(connection)
        with working(connection):
            yield connection


def connect(
    path: Path, *, read_only: bool = False, most_memory: str | None = None, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """Return a connection to the file at `path`, whatever it holds; extensions are never fetched.

    Raises HomeBusy when another process writes to it, and HomeDamaged when it cannot be read.
    """
    config = {**CONFIG}
    if most_memory:
        config["memory_limit"] = most_memory
    if threads:
        config["threads"] = str(threads)
    if not path.exists():
        config["default_block_size"] = str(BLOCK_BYTES)
    refuse_broken_log(path)
    try:
        return duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.Error as error:
        holder = re.search(r"\(PID (\d+)\)", str(error))
        if is_damage(error):
            raise HomeDamaged(f"{path}: the database is damaged ({str(error).splitlines()[0]})") from error
        if "Could not set lock" not in str(error):
            raise EarshotError(f"{path}: cannot be opened: {str(error).splitlines()[0]}") from error
        pid = int(holder.group(1)) if holder else None
        raise busy(path, read_holder(path.with_name(NOTE)), pid) from error


def create(connection: duckdb.DuckDBPyConnection, terms: Terms | None) -> None:
    """Make the tables of a new home."""
    with transaction(connection):
        connection.execute(tables_of_home())
        write_meta(connection, terms)


def _is_new(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether nothing was ever made in the file: tables without `meta` are damage, or not ours."""
    return not connection.execute("select 1 from duckdb_tables() where not internal limit 1").fetchall()


def read_meta(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return what the file says of itself; nothing where it is no home yet."""
    try:  # the list of all tables takes ten times as long
        return dict(connection.execute("select key, value from meta").fetchall())
    except duckdb.CatalogException:
        return {}


def write_meta(connection: duckdb.DuckDBPyConnection, terms: Terms | None) -> None:
    """Note that the file is as this version keeps it."""
    now = {"schema": str(SCHEMA_VERSION), **derived_state(connection, terms)}
    connection.execute("delete from meta where key <> ?", [FOLLOWED_BATCH])
    connection.executemany("insert into meta values (?, ?)", list(now.items()))


def check_schema(connection: duckdb.DuckDBPyConnection, path: Path, stored: dict[str, str]) -> int:
    """Return the schema of the file; raise HomeNewer, or EarshotError where no migration begins at it."""
    schema = stored.get("schema", "")
    if schema.isdecimal() and int(schema) > SCHEMA_VERSION:
        raise HomeNewer(
            f"{path}: written by a newer version of Earshot{_last_version(connection)}, with schema {schema}. This"
            f" version reads schemas up to {SCHEMA_VERSION}. Nothing was changed. Install that version or a later one,"
            " or use another --home."
        )
    if not schema.isdecimal() or int(schema) < FIRST_VERSION:
        raise EarshotError(
            f"{path}: {f'schema {schema}' if schema else 'not a home of Earshot'}; this version upgrades homes from"
            f" schema {FIRST_VERSION} on. Create a new home and ingest the files in landed/ again."
        )
    return int(schema)


def outdated(connection: duckdb.DuckDBPyConnection, stored: dict[str, str], terms: Terms | None) -> str:
    """Return in what the file is not as this version keeps it, in words; empty where it is."""
    if int(stored["schema"]) < SCHEMA_VERSION:
        return f"written by an earlier version of Earshot (schema {stored['schema']}, now {SCHEMA_VERSION})"
    now = derived_state(connection, terms)
    if stored.get("duckdb") != now["duckdb"]:
        return f"written with DuckDB {stored.get('duckdb')}, now {now['duckdb']}"
    if stored.get("hash_canary") != now["hash_canary"]:
        return "written where DuckDB makes other hashes"
    if stored.get("derived") != now["derived"]:
        return "its facts and keys were made by an earlier version of Earshot"
    if terms is not None and stored.get(FACT_TERMS) != now[FACT_TERMS]:
        return "its facts were told by other numbers and lists of the law than its rulebook now has"
    return ""


def open_memory() -> duckdb.DuckDBPyConnection:
    """Return an in-memory connection that cannot reach files or the network, nor spill to disk: where rule SQL runs."""
    config = {**CONFIG, "enable_external_access": "false", "temp_directory": ""}
    connection = duckdb.connect(":memory:", config=config)
    load_common(connection)
    return connection


def load_common(connection: duckdb.DuckDBPyConnection) -> None:
    """Have the connection know the words that all packages ask by (`common.sql`); each cursor has to be told."""
    connection.execute(read_sql(COMMON))


def forget_kept(connection: duckdb.DuckDBPyConnection) -> None:
    """Have all that is kept between screenings made anew by the next one, as where lines are taken out of the home."""
    connection.execute("delete from context_state")
    connection.execute("delete from decision_state")


def _last_version(connection: duckdb.DuckDBPyConnection) -> str:
    """Return which version of Earshot wrote last, as far as the journal of a schema that is not known tells it."""
    try:
        found = connection.execute("select version from journal where version <> '' order by entry desc limit 1")
        return "".join(f" ({version} by its journal)" for (version,) in found.fetchall())
    except duckdb.Error:
        return ""

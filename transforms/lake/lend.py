"""Lend a load what a lake holds of the records that arrive, so that it runs as on a home that has all in its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from transforms.kinds import RecordKind
from transforms.lake.cut import write_months
from transforms.lake.parts import LAKE, File, Parts, lay
from transforms.lake.tables import IN_PARTS
from transforms.pipeline import add_rows, make_table, transaction

_VERSION = ("source", "identity_hash", "row_hash", "batch_id", "known_from", "known_until", "extracted_at")
_KEY = "identity_hash, batch_id"


@dataclass(frozen=True)
class Lender:
    """What a lake lends to a load, and how it takes back what came of it: both within the transaction of the load.

    While it lends, `lines` and `filings` are the tables of the home, empty but for what is lent and what arrives;
    `lines_elsewhere` and `filings_elsewhere` are all that the lake holds. Of a version that is lent only those columns
    are there by which a load tells records apart.
    """

    parts: Parts
    commit: Callable[[duckdb.DuckDBPyConnection], None]
    """Has the lake hold what came and what ended, and the tables of the home as they are in the open transaction."""

    def begin(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Have the tables of the home be in sight; what is undone with the transaction is this, too."""
        for name in IN_PARTS:
            connection.execute(f"drop view if exists temp.{name}")
            connection.execute(f"delete from {name}")
            self.parts.lay_as(connection, name, f"{name}_elsewhere")
            make_table(connection, f"lent_{name}", f"select {_KEY}, row_hash, extracted_at from {name} where false")

    def lend(self, connection: duckdb.DuckDBPyConnection, kind: RecordKind, wanted: str) -> None:
        """Add to the table of a kind the versions of the records whose `identity_hash` the query `wanted` gives.

        Of one that is there already nothing is added: it may have ended in this transaction.
        """
        if kind.name not in IN_PARTS or not (files := self._files(kind)):
            return
        make_table(connection, "wanted_identities", wanted)
        values = {"files": [str(path) for path in files]}
        held = [files[row["file_index"]] for row in LAKE.read(connection, "files_of_identities", values)]
        lay(connection, kind.table, held, self._closed(kind), "lendable_versions")
        if not held:
            return
        columns = dict.fromkeys((*_VERSION, *kind.identity, *filter(None, [kind.exported_on])))
        if "transmitted_at" in kind.by_name:
            columns["transmitted_at"] = None
        query = (
            f"select {', '.join(columns)} from lendable_versions"
            f" where identity_hash in (from wanted_identities) and ({_KEY}) not in (select ({_KEY}) from {kind.table})"
        )
        make_table(connection, "lent_now", query)
        add_rows(connection, kind.table, "from lent_now")
        current = f"select {_KEY}, row_hash, extracted_at from lent_now where known_until is null"
        add_rows(connection, f"lent_{kind.table}", current)

    def _files(self, kind: RecordKind) -> Sequence[Path]:
        if kind.name == "lines":
            return [path for part in self.parts.parts for path in part.files]
        return self.parts.filings

    def _closed(self, kind: RecordKind) -> Sequence[Path]:
        if kind.name == "lines":
            return [path for part in self.parts.parts for path in part.closed]
        return self.parts.closed_filings


@contextmanager
def loading(connection: duckdb.DuckDBPyConnection, lake: Lender | None) -> Iterator[None]:
    """Keep what a load does wholly or not at all, in the database and, where it holds the lines, in the lake."""
    with transaction(connection):
        if lake:
            lake.begin(connection)
        yield
        if lake:
            lake.commit(connection)


def write_ends(connection: duckdb.DuckDBPyConnection, name: str, folder: Path) -> Iterator[File]:
    """Write which lent versions of `lines` or `filings` ended, or were told again, and yield the files, one a month."""
    query = (
        f"select t.identity_hash, t.batch_id, t.export_on, t.known_until, t.extracted_at from {name} as t"
        f" join lent_{name} as l using (identity_hash, batch_id, row_hash)"
        " where t.known_until is not null or t.extracted_at is distinct from l.extracted_at"
    )
    yield from write_months(connection, query, _KEY, folder / f"closed_{name}", "ends")


def end_lending(connection: duckdb.DuckDBPyConnection) -> None:
    """Empty the tables that were lent to."""
    for name in IN_PARTS:
        connection.execute(f"delete from {name}")



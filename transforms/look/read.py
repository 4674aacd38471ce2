"""Read a file on trial: into a database of its own, by the steps of an ingest, so that what is seen is what would load.

Nothing of it is kept: the database is the caller's, and gone with its folder. Neither the intake checks nor what a home
holds already have a say: a row that repeats one of an earlier file counts as loaded here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb

from transforms.cells.packed import Arrived
from transforms.cells.source import Text
from transforms.cells.stage import stage
from transforms.derived import Terms
from transforms.ingest.arrival import Arrival
from transforms.ingest.decimals import is_mark_in_doubt
from transforms.ingest.extract import open_extract
from transforms.ingest.forms import load_forms
from transforms.ingest.history import tell_repeats_apart
from transforms.ingest.land import Digest, digest
from transforms.ingest.load import Loaded, read_rows
from transforms.ingest.no_records import leave_out_no_records
from transforms.ingest.readable import Reading, load_readable
from transforms.layouts.match import Match
from transforms.look.look import look
from transforms.look.model import Look
from transforms.look.needs import Needs
from transforms.pipeline import transaction
from transforms.store import open_store

MEMORY = "2GB"
_NOW = datetime(2099, 12, 31)
"""When the rows are taken to be learned of: no ITN is then dated after it."""


@contextmanager
def trial(folder: Path, tables: Sequence[Path], terms: Terms) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield an empty database in `folder` that reads cells by the words of these tables of the law."""
    with open_store(folder / "trial.duckdb", terms=terms, most_memory=MEMORY) as connection:
        load_forms(connection, *tables)
        yield connection


def look_at_file(
    connection: duckdb.DuckDBPyConnection, file: Arrived, found: Match, folder: Path, needs: Sequence[Needs]
) -> Look:
    """Return what becomes of every row of the file; copies go to `folder`.

    Raises InputError where an ingest of it would.
    """

    def read(reading: Reading) -> Look:
        return _look(connection, file.path, reading.text, reading.found, needs, reading.read_as, reading.is_guess)

    return load_readable(file, found, folder, read)


def look_at_text(
    connection: duckdb.DuckDBPyConnection, path: Path, text: Text, found: Match, needs: Sequence[Needs]
) -> Look:
    """Return what becomes of the rows of a text, which are some of the file at `path`."""
    return _look(connection, path, text, found, needs)


def _look(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    text: Text,
    found: Match,
    needs: Sequence[Needs],
    read_as: str = "",
    is_guess: bool = False,
) -> Look:
    kind = found.layout.record_kind
    with transaction(connection):
        stage(connection, text, path.name)
        open_extract(connection, found)
        arrival = Arrival(connection, path, text, found, 1, _NOW, is_guess=is_guess)
        arrival = replace(arrival, is_mark_in_doubt=is_mark_in_doubt(arrival))
        loaded = Loaded(path.name, found.layout.id, found.layout.source, kind.name, read_as=read_as)
        loaded, _ = read_rows(arrival, loaded, _digested(text.path))
        loaded = leave_out_no_records(arrival, tell_repeats_apart(arrival, loaded))
    return look(arrival, loaded, needs)


def _digested(path: Path) -> Future[Digest]:
    done: Future[Digest] = Future()
    done.set_result(digest(path))
    return done



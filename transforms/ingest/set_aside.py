"""Set aside what cannot be loaded, and account for every line of the file."""

from __future__ import annotations

from typing import Any

from transforms.errors import InputError
from transforms.ingest.arrival import Arrival
from transforms.ingest.extract import SQL, open_extract, read_headings
from transforms.ingest.land import Digest
from transforms.sql import as_written, chain, read_sql


def set_aside_unread(arrival: Arrival) -> int:
    """Put the rows that cannot be read into quarantine, each with all its problems; return how many they are.

    This reads the file a second time, as only then a row's number is known.
    """
    open_extract(arrival.connection, arrival.path, arrival.found, numbered=True)
    with as_written(arrival.connection):
        return _quarantine(arrival, chain(SQL / "typed.sql", SQL / "unread.sql"), **arrival.reading)


def set_aside_rejected(arrival: Arrival) -> int:
    """Put the lines that are no rows into quarantine; return how many they are."""
    return _quarantine(arrival, read_sql(SQL / "rejected.sql"))


def set_aside_conflicts(arrival: Arrival) -> int:
    """Put rows of one file that tell different things of one line into quarantine; return how many they are.

    Expects the temporary table `repeats`, and takes the rows out of `lines`.
    """
    rows = _quarantine(arrival, read_sql(SQL / "conflicting.sql"), batch_id=arrival.batch_id)
    arrival.count(
        "delete from lines where batch_id = $batch_id"
        " and identity_hash in (select identity_hash from repeats where is_conflict)",
        batch_id=arrival.batch_id,
    )
    return rows


def count_problems(arrival: Arrival) -> dict[tuple[str, str], int]:
    """Return how many rows of the batch stand in quarantine, by column and reason, most first."""
    found = arrival.connection.execute(read_sql(SQL / "problem_counts.sql"), {"batch_id": arrival.batch_id})
    return {(column, reason): rows for column, reason, rows in found.fetchall()}


def reconcile(arrival: Arrival, file: Digest, rows: int) -> None:
    """Raise InputError unless header, rows and the line ends inside quoted text make up the lines of the file.

    A quotation mark that is never closed would otherwise swallow the rest of the file unseen.
    """
    form = arrival.found.layout.format
    if rows + 1 == file.lines or form.encoding == "utf-16":
        return
    names = [f"c{index}" for index in range(len(read_headings(arrival.path, form)))]
    inside = arrival.count(
        "select sum(list_sum(list_transform([*columns(*)], lambda t:"
        " coalesce(len(regexp_extract_all(t, '\\r\\n|\\r|\\n')), 0))))"
        " from read_csv($path, header = true, auto_detect = false, columns = $columns, delim = $delimiter,"
        " quote = $quote, escape = $quote, encoding = $encoding, ignore_errors = true)",
        path=str(arrival.path), columns=dict.fromkeys(names, "VARCHAR"), delimiter=form.delimiter, quote=form.quote,
        encoding=form.encoding,
    )  # fmt: skip
    if rows + 1 + inside < file.lines:
        raise InputError(
            f"{arrival.path.name}: the file has {file.lines:,} lines, but only {rows:,} rows could be told apart; a"
            " quotation mark is probably opened and never closed. Nothing was loaded: mend the file or export it again"
        )


def _quarantine(arrival: Arrival, query: str, **values: Any) -> int:
    """Insert the rows of `query` (row_number, problems, recorded) into quarantine and return how many they are."""
    return arrival.count(
        "insert into quarantine select $to_batch, $to_source, $to_file, row_number, problems, recorded, $at from ("
        + query
        + ")",
        to_batch=arrival.batch_id, to_source=arrival.found.layout.source, to_file=arrival.path.name,
        at=arrival.known_from, **values,
    )  # fmt: skip

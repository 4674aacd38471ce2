"""Set aside what cannot be loaded, and account for every line of the file."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from transforms.errors import InputError
from transforms.ingest.arrival import Arrival
from transforms.ingest.extract import SQL, column_names, open_extract, read_headings
from transforms.ingest.land import Digest
from transforms.layouts.model import ENCODING_WORDS
from transforms.sql import as_written, chain, read_sql


def set_aside_rejected(arrival: Arrival, file: Digest) -> int:
    """Put the rows that are no rows of this file into quarantine; return how many they are.

    Raises InputError where a quotation mark is opened and never closed, and has swallowed rows.
    """
    swallowed = arrival.connection.execute(read_sql(SQL / "swallowed.sql")).fetchone()
    if swallowed:
        line, began, ends = swallowed
        raise InputError(
            f"{arrival.path.name}: a quotation mark is opened and not closed in the row that begins {began!r} (row"
            f" {line - 1:,}, blank lines counted), and swallows the next {ends:,} {'line' if ends == 1 else 'lines'} or"
            " more. Nothing was loaded: mend that row, or export the file again with its quotation marks doubled"
        )
    _note_blank_rows(arrival, file)
    _note_bytes(arrival)
    encoding = ENCODING_WORDS[arrival.found.layout.format.encoding]
    return _quarantine(arrival, read_sql(SQL / "rejected.sql"), encoding=encoding)


def set_aside_unread(arrival: Arrival) -> int:
    """Put the rows that cannot be read into quarantine, each with all its problems; return how many they are.

    This reads the file a second time, as only then a row's number is known. Expects the rejected rows in quarantine.
    """
    open_extract(arrival.connection, arrival.text, arrival.found, numbered=True)
    sql = arrival.kind.sql
    statement = chain(SQL / "skipped.sql", sql / "typed.sql", sql / "unread.sql")
    with as_written(arrival.connection):
        return _quarantine(arrival, statement, batch_id=arrival.batch_id, **arrival.reading)


def set_aside_conflicts(arrival: Arrival) -> int:
    """Put rows of one file that tell different things of one record into quarantine; return how many they are.

    Expects the temporary table `repeats`, and takes the rows out of the kind's table. As rows are not kept in the order
    of the file, it is read again for their numbers.
    """
    if not arrival.count("select count(*) from repeats where is_conflict"):
        return 0
    arrival.count(
        f"delete from {arrival.kind.table} where batch_id = $batch_id"
        " and identity_hash in (select identity_hash from repeats where is_conflict)",
        batch_id=arrival.batch_id,
    )
    open_extract(arrival.connection, arrival.text, arrival.found, numbered=True)
    sql = arrival.kind.sql
    statement = chain(SQL / "skipped.sql", sql / "typed.sql", sql / "conflicting.sql")
    return _quarantine(arrival, statement, batch_id=arrival.batch_id, **arrival.reading)


def number_as_in_sheet(arrival: Arrival) -> None:
    """Give the quarantined rows of a workbook the numbers that its sheet shows: headings and blank rows counted.

    The last step, as until then rows are told apart by their number in the copy.
    """
    if arrival.sheet_gaps is None:
        return
    arrival.connection.execute(
        "update quarantine set row_number = row_number + 1"
        " + coalesce(list_max(list_transform($gaps, lambda gap: case when gap[1] <= row_number then gap[2] end)), 0)"
        " where batch_id = $batch_id",
        {"gaps": [list(gap) for gap in arrival.sheet_gaps] or [[0, 0]], "batch_id": arrival.batch_id},
    )


def write_quarantine(connection: duckdb.DuckDBPyConnection, loaded: Any, folder: Path) -> Path | None:
    """Write the rows of a loaded file that were set aside into `folder` as CSV, and return where; None without any.

    One row per row set aside: its number in the file (the headings not counted; of a workbook, the number that the
    sheet shows), its problems, and the row as it came.
    """
    if not loaded.quarantined:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / str(loaded.quarantine_name)
    partial = folder / f".{target.name}.partial"
    connection.execute(
        "create or replace temp table aside as " + read_sql(SQL / "aside.sql"), {"sha256": loaded.sha256}
    )
    connection.sql("from aside order by row_number").write_csv(str(partial), header=True)
    partial.replace(target)
    return target


def restore_quarantine(connection: duckdb.DuckDBPyConnection, known: Any, folder: Path) -> None:
    """Write the CSV of a file that was loaded before, where rows of it were set aside and the CSV is not there."""
    held = connection.execute(
        "select file_name, quarantined from batches where sha256 = ? and source = ? order by batch_id",
        [known.sha256, known.source],
    ).fetchall()
    for file_name, quarantined in held:
        loaded = replace(known, file_name=file_name, quarantined=quarantined)
        if not (folder / loaded.quarantine_name).exists():
            write_quarantine(connection, loaded, folder)


def count_problems(arrival: Arrival) -> dict[tuple[str, str], int]:
    """Return how many rows of the batch stand in quarantine, by column and reason, most first."""
    found = arrival.connection.execute(read_sql(SQL / "problem_counts.sql"), {"batch_id": arrival.batch_id})
    return {(column, reason): rows for column, reason, rows in found.fetchall()}


def reconcile(arrival: Arrival, file: Digest, rows: int) -> None:
    """Raise InputError unless headings, rows and the line ends inside quoted text make up the lines of the file."""
    form = arrival.found.layout.format
    if rows + 1 == file.lines:
        return
    arrival.connection.execute("drop table if exists same_errors")
    arrival.connection.execute("drop table if exists same_scans")
    in_rows = arrival.connection.execute(
        read_sql(SQL / "line_ends.sql"),
        {
            "path": str(arrival.text), "columns": dict.fromkeys(column_names(arrival.text, form), "VARCHAR"),
            "delimiter": form.delimiter, "quote": form.quote,
        },
    ).fetchone()  # fmt: skip
    headings = "\t".join(read_headings(arrival.text, form.model_copy(update={"encoding": "utf-8"})))
    inside = sum(count or 0 for count in in_rows or ())
    inside += arrival.count(read_sql(SQL / "line_ends_outside.sql"), headings=headings)
    if rows + 1 + inside != file.lines:
        raise InputError(
            f"{arrival.path.name}: {file.lines:,} lines are not blank, and {rows:,} rows of {rows + 1 + inside:,} lines"
            " with the headings could be told apart; a quotation mark is probably opened and never closed. Nothing was"
            " loaded: mend the file or export it again"
        )


def _note_blank_rows(arrival: Arrival, file: Digest) -> None:
    """Make the temporary table `blank_rows`: the places of the blank lines between rows, as rejected rows are counted.

    Only where it matters: the file is read once more, slowly.
    """
    arrival.connection.execute("create or replace temp table blank_rows (line bigint)")
    if not file.blank_lines or not arrival.count("select count(*) from reject_errors"):
        return
    form = arrival.found.layout.format
    csv.field_size_limit(file.size_bytes + 1)
    quoting: dict[str, Any] = {"quotechar": form.quote} if form.quote else {"quoting": csv.QUOTE_NONE}
    with arrival.text.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = csv.reader(stream, delimiter=form.delimiter, **quoting)
        blank = [line for line, row in enumerate(rows, start=1) if not row]
    arrival.connection.execute("insert into blank_rows select unnest($lines)", {"lines": blank})


def _note_bytes(arrival: Arrival) -> None:
    """Make the temporary table `as_bytes`: the rejected rows that are no text, as they came.

    The reader shows a question mark for each byte that it cannot place, and for its neighbors.
    """
    arrival.connection.execute("create or replace temp table as_bytes (line bigint, recorded varchar)")
    places = arrival.connection.execute(
        "select line, any_value(line_byte_position) - 1, max(octet_length(encode(csv_line))) from reject_errors"
        " where error_type = 'INVALID ENCODING' group by line order by line"
    ).fetchall()
    recorded = []
    with arrival.text.open("rb") as stream:
        for _, begins, size in places:
            stream.seek(begins)
            recorded.append(stream.read(size).decode("utf-8", errors="backslashreplace"))
    arrival.connection.execute(
        "insert into as_bytes select unnest($lines), unnest($recorded)",
        {"lines": [line for line, *_ in places], "recorded": recorded},
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

"""Set aside what cannot be loaded, and account for every line of the file."""

from __future__ import annotations

import csv
from typing import Any

from transforms.errors import InputError
from transforms.ingest.arrival import Arrival
from transforms.ingest.extract import SQL, column_names, open_extract, read_headings
from transforms.ingest.land import Digest
from transforms.ingest.problems import sentences
from transforms.layouts.format import ENCODING_WORDS
from transforms.pipeline import give, make_table, make_view
from transforms.sql import as_named, as_written, chain, read_sql

_COLUMNS_THAT_TELL = 6
_NUMBERED = {"batch_id": "integer"}
"""Of which batch the rows of `incoming` are numbered: one row, or none."""
_MOST_SHOWN = 10_000
"""How many signs of a rejected row DuckDB tells; the rest is read from the file."""


def set_aside_rejected(arrival: Arrival, file: Digest) -> int:
    """Put the rows that are no rows of this file into quarantine; return how many they are.

    Raises InputError where a quotation mark is opened and never closed, and has swallowed rows.
    """
    give(arrival.connection, "numbered_batch", columns=_NUMBERED)  # a reading that broke off may have left another
    swallowed = arrival.connection.execute(read_sql(SQL / "swallowed.sql")).fetchone()
    if swallowed:
        line, began, ends = swallowed
        raise InputError(
            f"{arrival.path.name}: a quotation mark is not closed in the row that begins {began!r} (row"
            f" {line - 1:,}, blank lines counted) and takes in the next {ends:,} {'line' if ends == 1 else 'lines'} or"
            " more. Nothing was loaded. Correct that row, or export the file again with quotation marks doubled."
        )
    _note_blank_rows(arrival, file)
    _note_bytes(arrival)
    return _quarantine(arrival, read_sql(SQL / "rejected.sql"))


def refuse_swallowed(arrival: Arrival) -> None:
    """Raise InputError where a quoted text of a row that was read has whole rows in it.

    Two stray quotation marks, each in another row, make one text of all that stands between them, and a row that reads
    well. Of typed cells that cannot be. Files of few columns are let be, as a text over several lines may have as many
    delimiters as a row of theirs.
    """
    form = arrival.found.layout.format
    columns = column_names(arrival.text, form)
    if arrival.is_typed or not form.quote or len(columns) < _COLUMNS_THAT_TELL:
        return
    arrival.connection.execute("drop table if exists same_errors")
    arrival.connection.execute("drop table if exists same_scans")
    swallowed = arrival.connection.execute(
        read_sql(SQL / "swallowed_inside.sql"),
        {
            "path": as_named(arrival.text), "columns": dict.fromkeys(columns, "VARCHAR"), "delimiter": form.delimiter,
            "quote": form.quote,
        },
    ).fetchone()  # fmt: skip
    if swallowed:
        began, ends = swallowed
        raise InputError(
            f"{arrival.path.name}: in the row that begins {began!r} a text in quotation marks runs over the next"
            f" {ends:,} {'line' if ends == 1 else 'lines'}, which look like separate rows. Quotation marks"
            " inside a text must be doubled. Nothing was loaded. Correct those rows, or export the file again with"
            " quotation marks doubled."
        )


def set_aside_unread(arrival: Arrival, file: Digest, rows: int) -> int:
    """Put the rows that cannot be read into quarantine, each with all its problems; return how many they are.

    This reads the file a second time, as only then a row's number is known, and looks at the rows whose record was not
    loaded. Where `rows` (loaded, or rejected and in quarantine) and they do not make up the file, an unreadable row
    shares its record with a readable one, and every row is looked at. Raises InputError where that does not help.
    """
    _number_suspects(arrival)
    unread = _set_aside_unread(arrival)
    try:
        reconcile(arrival, file, rows + unread)
    except InputError:
        arrival.count(
            "delete from quarantine where batch_id = $batch_id and problems[1]['column_name'] <> ''",
            batch_id=arrival.batch_id,
        )
        open_extract(arrival.connection, arrival.text, arrival.found, numbered=True)
        unread = _set_aside_unread(arrival)
        reconcile(arrival, file, rows + unread)
    return unread


def _set_aside_unread(arrival: Arrival) -> int:
    sql = arrival.kind.sql
    statement = chain(SQL / "skipped.sql", sql / "typed.sql", sql / "unread.sql")
    with as_written(arrival.connection):
        return _quarantine(arrival, statement, batch_id=arrival.batch_id, **arrival.reading)


def note_repeats(arrival: Arrival) -> None:
    """Make the temporary table `repeats`: the records of this batch with several rows, and whether those agree."""
    values = {"batch_id": arrival.batch_id}
    make_table(arrival.connection, "repeats", read_sql(arrival.kind.sql / "repeats.sql"), values)


def _number_suspects(arrival: Arrival) -> None:
    """Leave the rows that may have to be set aside in the view `incoming`, numbered; the file is read once."""
    note_repeats(arrival)
    open_extract(arrival.connection, arrival.text, arrival.found, numbered=True)
    values = {"batch_id": arrival.batch_id, **arrival.reading}
    make_table(arrival.connection, "suspects", read_sql(arrival.kind.sql / "suspects.sql"), values)
    make_view(arrival.connection, "incoming", "from suspects")
    give(arrival.connection, "numbered_batch", [{"batch_id": arrival.batch_id}], columns=_NUMBERED)


def set_aside_conflicts(arrival: Arrival) -> int:
    """Put rows of one file that tell different things of one record into quarantine; return how many they are.

    Expects the temporary table `repeats`, and takes the rows out of the kind's table. As rows are not kept in the order
    of the file, it is read again for their numbers, unless it was for those that cannot be read.
    """
    if not arrival.count("select count(*) from repeats where is_conflict"):
        return 0
    if not arrival.count("select count(*) from numbered_batch where batch_id = $batch_id", batch_id=arrival.batch_id):
        _number_suspects(arrival)
    arrival.count(
        f"delete from {arrival.kind.table} where batch_id = $batch_id"
        " and identity_hash in (select identity_hash from repeats where is_conflict)",
        batch_id=arrival.batch_id,
    )
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
            "path": as_named(arrival.text), "columns": dict.fromkeys(column_names(arrival.text, form), "VARCHAR"),
            "delimiter": form.delimiter, "quote": form.quote,
        },
    ).fetchone()  # fmt: skip
    headings = "\t".join(read_headings(arrival.text, form.model_copy(update={"encoding": "utf-8"})))
    inside = sum(count or 0 for count in in_rows or ())
    inside += arrival.count(read_sql(SQL / "line_ends_outside.sql"), headings=headings)
    if rows + 1 + inside != file.lines:
        raise InputError(
            f"{arrival.path.name}: {file.lines:,} lines are not blank, and {rows:,} rows of {rows + 1 + inside:,} lines"
            " with the headings could be told apart; a quotation mark is probably not closed. Nothing was"
            " loaded. Correct the file or export it again."
        )


def _note_blank_rows(arrival: Arrival, file: Digest) -> None:
    """Make the temporary table `blank_rows`: the places of the blank lines between rows, as rejected rows are counted.

    Only where it matters: the file is read once more, slowly.
    """
    give(arrival.connection, "blank_rows", columns={"line": "bigint"})
    if not file.blank_lines or not arrival.count("select count(*) from reject_errors"):
        return
    form = arrival.found.layout.format
    csv.field_size_limit(max(csv.field_size_limit(), file.size_bytes + 1))  # of the whole process: only ever raised
    quoting: dict[str, Any] = {"quotechar": form.quote} if form.quote else {"quoting": csv.QUOTE_NONE}
    with arrival.text.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = csv.reader(stream, delimiter=form.delimiter, **quoting)
        blank = [line for line, row in enumerate(rows, start=1) if not row]
    arrival.connection.execute("insert into blank_rows select unnest($lines)", {"lines": blank})


def _note_bytes(arrival: Arrival) -> None:
    """Make the temporary table `as_bytes`: the rejected rows that are no text, or are told in part, as they came.

    The reader shows a question mark for each byte that it cannot place, and for its neighbors.
    """
    places = arrival.connection.execute(
        "select line, any_value(line_byte_position) - 1, max(octet_length(encode(csv_line))),"
        " max(length(csv_line)) >= $most from reject_errors"
        " group by line having bool_or(error_type = 'INVALID ENCODING') or max(length(csv_line)) >= $most"
        " order by line",
        {"most": _MOST_SHOWN},
    ).fetchall()
    recorded = []
    with arrival.text.open("rb") as stream:
        for _, begins, size, is_cut in places:
            stream.seek(begins)
            text = stream.read(size) + (stream.readline() if is_cut else b"")
            recorded.append(text.strip(b"\r\n").decode("utf-8", errors="backslashreplace"))
    rows = [{"line": line, "recorded": text} for (line, *_), text in zip(places, recorded, strict=True)]
    give(arrival.connection, "as_bytes", rows, columns={"line": "bigint", "recorded": "varchar"})


def _quarantine(arrival: Arrival, query: str, **values: Any) -> int:
    """Insert the rows of `query` (row_number, problems, cells, recorded, identity) into quarantine, and count them.

    Their problems are codes; here each gets its sentence.
    """
    layout = arrival.found.layout
    forms = {name: layout.date_formats(name) for name in arrival.kind.names_of("date", "moment")}
    words = sentences(arrival.kind, forms, ENCODING_WORDS[layout.format.encoding])
    return arrival.count(
        "insert into quarantine by name select $to_batch as batch_id, $to_source as source, $to_kind as kind,"
        " $to_file as file_name, row_number, worded(problems, $words) as problems, cells, recorded, identity,"
        " key_of_aside($to_kind, $to_source, identity, cells, recorded) as row_key,"
        " $at as first_at, $at as quarantined_at"
        " from (" + query + ")",
        to_batch=arrival.batch_id, to_source=layout.source, to_kind=arrival.kind.name, to_file=arrival.path.name,
        at=arrival.known_from, words={"key": list(words), "value": list(words.values())}, **values,
    )  # fmt: skip

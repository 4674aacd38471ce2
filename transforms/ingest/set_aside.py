"""Set aside what cannot be loaded: rows that are no CSV, rows that cannot be read, rows that contradict each other."""

from __future__ import annotations

from typing import Any

from transforms.cells.account import note_rejects
from transforms.ingest.arrival import Arrival
from transforms.ingest.extract import SQL, open_extract
from transforms.ingest.land import Digest
from transforms.ingest.problems import sentences
from transforms.ingest.texts import read_texts
from transforms.layouts.format import ENCODING_WORDS
from transforms.pipeline import make_table
from transforms.sql import as_written, chain, read_sql


def set_aside_rejected(arrival: Arrival, file: Digest) -> int:
    """Put the rows that are no rows of this file into quarantine; return how many they are."""
    note_rejects(arrival.connection, arrival.text, file.blank_lines)
    return _quarantine(arrival, read_sql(SQL / "rejected.sql"))


def set_aside_unread(arrival: Arrival, rows: int) -> int:
    """Put the staged rows that cannot be read into quarantine, each with all its problems; return how many they are.

    The rows whose record was not loaded are looked at first, and those whose record several rows tell. Where they are
    not all of the `rows` that were not loaded, every row is looked at.
    """
    if arrival.kind.has_versions:
        note_repeats(arrival)
    _look_at_suspects(arrival)
    unread = _set_aside_unread(arrival)
    if unread != rows:
        arrival.count(
            "delete from quarantine where batch_id = $batch_id and problems[1]['column_name'] <> ''",
            batch_id=arrival.batch_id,
        )
        open_extract(arrival.connection, arrival.found)
        unread = _set_aside_unread(arrival)
    return unread


def _set_aside_unread(arrival: Arrival) -> int:
    sql = arrival.kind.sql
    read_texts(arrival.connection, arrival.kind, arrival.reading)
    statement = chain(SQL / "skipped.sql", sql / "typed.sql", sql / "unread.sql")
    with as_written(arrival.connection):
        return _quarantine(arrival, statement, batch_id=arrival.batch_id, **arrival.reading)


def note_repeats(arrival: Arrival) -> None:
    """Make the temporary table `repeats`: stored records of this batch with several rows, and whether they agree."""
    values = {"batch_id": arrival.batch_id}
    make_table(arrival.connection, "repeats", read_sql(arrival.kind.sql / "repeats.sql"), values)


def _look_at_suspects(arrival: Arrival, *, is_of_conflicts: bool = False) -> None:
    """Leave the rows that may have to be set aside in the view `incoming`; or those that contradict each other."""
    open_extract(arrival.connection, arrival.found)
    values = {"batch_id": arrival.batch_id, "is_of_conflicts": is_of_conflicts, **arrival.reading}
    make_table(arrival.connection, "suspects", read_sql(arrival.kind.sql / "suspects.sql"), values)
    open_extract(arrival.connection, arrival.found, only="suspects")


def set_aside_conflicts(arrival: Arrival) -> int:
    """Put rows of one file that tell different things of one record into quarantine; return how many they are.

    Expects the temporary table `repeats`; of rows that may be versions it takes them out of the kind's table, where no
    others of them were put.
    """
    if not arrival.count("select count(*) from repeats where is_conflict"):
        return 0
    if arrival.kind.has_versions:
        _look_at_suspects(arrival, is_of_conflicts=True)
        arrival.count(
            f"delete from {arrival.kind.table} where batch_id = $batch_id"
            " and identity_hash in (select identity_hash from repeats where is_conflict)",
            batch_id=arrival.batch_id,
        )
    else:
        open_extract(arrival.connection, arrival.found, only="told_again")
    sql = arrival.kind.sql
    read_texts(arrival.connection, arrival.kind, arrival.reading)
    statement = chain(SQL / "skipped.sql", sql / "typed.sql", sql / "conflicting.sql")
    return _quarantine(arrival, statement, batch_id=arrival.batch_id, **arrival.reading)


def number_as_in_sheet(arrival: Arrival) -> None:
    """Give the quarantined rows of a sheet the numbers that it shows: headings, what is above them and blank rows too.

    The last step, as until then rows are told apart by their number in the copy.
    """
    gaps = arrival.text.gaps
    if gaps is None:
        return
    arrival.connection.execute(
        "update quarantine set row_number = row_number + 1"
        " + coalesce(list_max(list_transform($gaps, lambda gap: case when gap[1] <= row_number then gap[2] end)), 0)"
        " where batch_id = $batch_id",
        {"gaps": [list(gap) for gap in gaps] or [[0, 0]], "batch_id": arrival.batch_id},
    )


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

"""Take corrected rows back: what can be read is loaded, the rest stays in quarantine with its new reasons."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

import duckdb

from transforms.cells.source import Text
from transforms.cells.stage import stage
from transforms.cells.workbook import is_workbook
from transforms.errors import InputError, told
from transforms.ingest.arrival import Arrival
from transforms.ingest.came_again import settle_what_came_again
from transforms.ingest.conserved import count_what_is_kept
from transforms.ingest.extract import open_extract
from transforms.ingest.history import settle_with_history, tell_repeats_apart
from transforms.ingest.known import latest_known, record_batch
from transforms.ingest.land import Digest, digest, land
from transforms.ingest.left_out import place_again, tell_left_out
from transforms.ingest.load import Loaded, read_rows
from transforms.ingest.problems import count_codes, count_problems
from transforms.ingest.readable import read_as_copied
from transforms.ingest.situations import add_situations
from transforms.lake.lend import Lender, loading
from transforms.layouts.match import Match, match, require
from transforms.layouts.model import Layout
from transforms.pipeline import give
from transforms.quarantine.read_back import Returned, read_export
from transforms.quarantine.rows import Aside, rows_aside


@dataclass(frozen=True)
class Replayed:
    """What became of a corrected export: one `Loaded` per extract that its rows came from, under that extract's name.

    `unchanged` rows of the export are as they were, and stay in quarantine; `left` rows do in all.
    """

    batches: list[Loaded]
    unchanged: int
    left: int


def replay_export(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    layouts: Mapping[str, Layout],
    *,
    landed: Path,
    known_from: datetime,
    lake: Lender | None = None,
) -> Replayed:
    """Load the corrected rows of an export, in one transaction; on any error the database is as before.

    Rows are told by their id. One that was corrected, or is to be loaded as it stands, makes up a batch with the others
    of its extract, and takes that extract's own date. Raises InputError, with every such row, for one that is not in
    quarantine, appears twice, or has lost its file, its number or its headings.
    """
    returned = read_export(path)
    with loading(connection, lake):
        aside = {row.quarantine_id: row for row in rows_aside(connection)}
        _refuse(connection, path, returned, aside)
        if any(_decimal(aside[row.quarantine_id], layouts) == "," for row in returned):
            in_commas = {row.quarantine_id: row for row in read_export(path, ",")}
            returned = [
                in_commas[row.quarantine_id] if _decimal(aside[row.quarantine_id], layouts) == "," else row
                for row in returned
            ]
        wanted = [row for row in returned if row.is_wanted or _is_changed(row, aside[row.quarantine_id])]
        wanted.sort(key=lambda row: (aside[row.quarantine_id].batch_id, int(row.row_number), row.quarantine_id))
        file = digest(path)
        batches = [
            _load(connection, path, list(rows), aside, layouts, landed, known_from, file, lake)
            for _, rows in groupby(wanted, key=lambda row: aside[row.quarantine_id].batch_id)
        ]
        if batches:
            land(path, landed, file, is_ours=False)
        left = len(rows_aside(connection))
    return Replayed(batches, len(returned) - len(wanted), left)


def _refuse(
    connection: duckdb.DuckDBPyConnection, path: Path, returned: Sequence[Returned], aside: Mapping[str, Aside]
) -> None:
    """Raise InputError with every row that cannot be told to be one in quarantine."""
    faults: list[str] = []
    seen: dict[str, str] = {}
    for row in returned:
        held = aside.get(row.quarantine_id)
        if row.quarantine_id in seen:
            faults.append(f"{row.place}: {row.quarantine_id} appears there twice, first in {seen[row.quarantine_id]}")
        elif held is None:
            faults.append(f"{row.place}: {_why_not(connection, row.quarantine_id)}")
        elif (row.file_name, row.row_number) != (held.file_name, str(held.row_number)):
            faults.append(
                f"{row.place}: {row.quarantine_id} is row {held.row_number} of {held.file_name}, not row"
                f" {row.row_number} of {row.file_name}; leave the first three columns as they were"
            )
        elif row.headings != held.headings:
            faults.append(
                f"{row.place}: the headings must be those of {held.file_name}, in their order:"
                f" {', '.join(held.headings)}"
            )
        seen.setdefault(row.quarantine_id, row.place)
    if faults:
        raise InputError(f"{path.name}: no row was replayed:\n" + told(faults, rest="more rows"))


def _why_not(connection: duckdb.DuckDBPyConnection, quarantine_id: str) -> str:
    settled = connection.execute(
        "select settled_at, settled_how from quarantine where quarantine_id = ? order by settled_at desc limit 1",
        [quarantine_id],
    ).fetchone()
    if settled:
        return f"{quarantine_id} is settled since {settled[0]:%Y-%m-%d %H:%M} ({settled[1]}); take the row out"
    return f"there is no row {quarantine_id!r} in quarantine; leave the first column as it was exported"


def _decimal(held: Aside, layouts: Mapping[str, Layout]) -> str:
    return layouts[held.layout].format.decimal if held.layout in layouts else "."


def _is_in_two_ways(held: Aside) -> bool:
    return any(problem["code"] == "number-in-two-ways" for problem in held.problems)


def _is_changed(row: Returned, held: Aside) -> bool:
    came = held.cells or ("",) * len(held.headings)
    # a spreadsheet writes line ends of its own
    return any(_plain(cell) != _plain(was) for cell, was in zip(row.cells, came, strict=True))


def _plain(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n").strip()


def _load(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    rows: Sequence[Returned],
    aside: Mapping[str, Aside],
    layouts: Mapping[str, Layout],
    landed: Path,
    known_from: datetime,
    file: Digest,
    lake: Lender | None,
) -> Loaded:
    """Load corrected rows of one extract as a batch of their own, in the running transaction."""
    first = aside[rows[0].quarantine_id]
    found = _fit(first, layouts)
    layout = found.layout
    moment = max(known_from, latest_known(connection, layout.source) or known_from)
    loaded = Loaded(first.file_name, layout.id, layout.source, layout.kind)
    done: Loaded
    with _as_csv(landed, rows, is_sheet=is_workbook(path)) as text:
        stage(connection, text, path.name)
        arrival = Arrival(
            connection, path, text, read_as_copied(found, text), 0, moment, extracted_at=first.extracted_at,
            replayed_batch_id=first.batch_id,
            is_mark_in_doubt=any(_is_in_two_ways(aside[one.quarantine_id]) for one in rows)
            and "decimal" in layouts[first.layout].format.unstated,
            lake=lake,
        )  # fmt: skip
        open_extract(connection, arrival.found)
        arrival = replace(arrival, batch_id=arrival.count("select nextval('batch_ids')"))
        digested: Future[Digest] = Future()
        digested.set_result(file)
        loaded, file = read_rows(arrival, loaded, digested)
        loaded = tell_repeats_apart(arrival, loaded)
        _settle(arrival, rows, file)
        problems = count_problems(connection, arrival.batch_id)
        loaded = tell_left_out(arrival, settle_with_history(arrival, loaded))
        done = replace(
            loaded,
            problems={one.told: one.rows for one in problems},
            codes=count_codes(connection, arrival.batch_id),
        )
        count_what_is_kept(arrival, done)
        if arrival.kind.is_screened:
            add_situations(connection, arrival.batch_id)
        record_batch(arrival, replace(done, file_name=path.name), file)
    return done


def _fit(held: Aside, layouts: Mapping[str, Layout]) -> Match:
    """Return how the rows of an extract are read today."""
    if held.layout not in layouts:
        raise InputError(
            f"{held.file_name}: its layout {held.layout!r} is missing. Restore the layout and replay the rows again."
        )
    found = match(layouts[held.layout], held.headings)
    require(found, held.file_name)
    return found


@contextmanager
def _as_csv(folder: Path, rows: Sequence[Returned], *, is_sheet: bool) -> Iterator[Text]:
    """Yield a CSV file of the rows under their headings, for as long as the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / ".replaying.csv"
    try:
        with copy.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerow(rows[0].headings)
            writer.writerows([_plain_ends(cell) for cell in row.cells] for row in rows)
        yield Text(copy, rows[0].headings, is_typed=is_sheet)
    finally:
        copy.unlink(missing_ok=True)


def _plain_ends(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _settle(arrival: Arrival, rows: Sequence[Returned], file: Digest) -> None:
    """Settle the rows that were replayed; those set aside again keep their id, file, number and first day."""
    connection, batch_id = arrival.connection, arrival.batch_id
    replayed = [{"place": place, "quarantine_id": row.quarantine_id} for place, row in enumerate(rows, start=1)]
    give(connection, "replayed", replayed, columns={"place": "bigint", "quarantine_id": "varchar"})
    connection.execute(
        "update quarantine as q set settled_at = $at, settled_by = $by, settled_how = 'replayed in ' || $name || case"
        " when r.place in (select row_number from quarantine where batch_id = $by) then ', set aside again' else '' end"
        " from replayed as r where q.quarantine_id = r.quarantine_id and q.settled_at is null and q.batch_id <> $by",
        {"at": arrival.known_from, "by": batch_id, "name": arrival.path.name},
    )
    settle_what_came_again(arrival, file.sha256)
    connection.execute(
        "update quarantine as q set"
        " quarantine_id = r.quarantine_id, file_name = h.file_name, row_number = h.row_number, first_at = h.first_at"
        " from replayed as r"
        " join quarantine as h on h.quarantine_id = r.quarantine_id and h.settled_by = $by"
        " where q.batch_id = $by and q.row_number = r.place",
        {"by": batch_id},
    )
    place_again(arrival)

"""Load one extract: new, repeated, restated and unreadable rows told apart, in a transaction that the door may stop."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from transforms.cells.account import account
from transforms.cells.packed import Arrived
from transforms.cells.stage import stage
from transforms.derived import term_values
from transforms.errors import InputError
from transforms.ingest.arrival import Arrival
from transforms.ingest.came_again import settle_what_came_again
from transforms.ingest.conserved import count_what_is_kept
from transforms.ingest.dated import moment_in_name, moment_in_rows
from transforms.ingest.decimals import is_mark_in_doubt
from transforms.ingest.door.checks import Check
from transforms.ingest.door.profile import profile_batch
from transforms.ingest.door.results import Acceptance, failed_stops, record_acceptance, stop_at_door
from transforms.ingest.door.suite import check_at_door, warm_up
from transforms.ingest.elsewhere import bring_known
from transforms.ingest.ended import end_missing, find_missing, missing_words, periods
from transforms.ingest.extract import open_extract
from transforms.ingest.history import settle_with_history, tell_repeats_apart
from transforms.ingest.known import known_file, latest_known, record_batch, record_profile
from transforms.ingest.land import Digest, digest, land
from transforms.ingest.left_out import leave_out, number_left_out, tell_left_out
from transforms.ingest.no_records import leave_out_no_records
from transforms.ingest.problems import count_codes, count_problems
from transforms.ingest.readable import Reading, doubt_encoding, load_readable
from transforms.ingest.set_aside import number_as_in_sheet, set_aside_rejected, set_aside_unread
from transforms.ingest.situations import add_situations
from transforms.ingest.told_again import insert_told_rows
from transforms.lake.lend import Lender, loading
from transforms.layouts.match import Match
from transforms.phases import phase
from transforms.sql import read_sql


@dataclass(frozen=True)
class Loaded:
    """What became of one file. Conservation: rows_in is the sum of what follows it, as in `adds_up`."""

    file_name: str
    layout: str
    source: str
    kind: str = "lines"
    """What its rows are: lines, items or filings."""
    sha256: str = ""
    rows_in: int = 0
    loaded: int = 0
    duplicates: int = 0
    restated: int = 0
    quarantined: int = 0
    left_out: int = 0
    """Rows that are no exports, or no records: kept, and not screened."""
    problems: dict[str, int] = field(default_factory=dict)
    """Rows in quarantine by `column: reason`; without a column where the row as a whole is at fault."""
    door: list[dict[str, Any]] = field(default_factory=list)
    is_known: bool = False
    """Whether the same bytes were loaded before, so that nothing was read."""
    accepted: str = ""
    """Why it was let in, where the door would have stopped it."""
    outdated: int = 0
    """Of a file that is known: how many of its rows a later extract restated."""
    read_as: str = ""
    """What the file was found to be, in words, with (stated) where it was not found out; empty where it is known."""
    why: str = ""
    """Why this layout was taken; empty where it was named."""
    late: int = 0
    """Of the restated: rows of which an extract that was taken later, and came earlier, says otherwise; of filings also
    the versions that were sent to AES before the one that holds."""
    codes: dict[str, int] = field(default_factory=dict)
    """Rows in quarantine by the code of their problem; one with several codes counts under each."""

    reread: dict[str, int] = field(default_factory=dict)
    """Cells that were read otherwise than they stand, by column: an ITN out of the words around it."""
    ended: int = 0
    """Records that ended: an extract that is the whole of their days does not have them."""
    not_again: int = 0
    """Records of the days of this extract that did not come again, and stay."""
    named: list[str] = field(default_factory=list)
    """Some of those that ended or did not come again, by what they are known by."""
    untold: int = 0
    """Rows in quarantine that may be any of those, so that none of them ended."""
    left_out_reasons: dict[str, int] = field(default_factory=dict)
    """Rows that were left out, by the code of the reason."""
    left_out_known: int = 0
    """Lines of earlier files that this file brings as rows that are left out; they stay."""

    @property
    def adds_up(self) -> bool:
        """Whether every row of the file is accounted for."""
        return self.rows_in == self.loaded + self.duplicates + self.restated + self.quarantined + self.left_out

    @property
    def quarantine_name(self) -> str:
        """The name under which its rows in quarantine are written, as CSV."""
        name = f"{self.sha256[:16]}-{self.file_name}"
        return name if name.lower().endswith(".csv") else f"{name}.csv"

    def as_dict(self) -> dict[str, Any]:
        """Return the result as plain values."""
        return asdict(self)


def load_extract(
    connection: duckdb.DuckDBPyConnection,
    file: Arrived,
    found: Match,
    *,
    landed: Path,
    checks: Sequence[Check],
    known_from: datetime,
    again: bool = False,
    is_ours: bool = False,
    accepted: Acceptance | None = None,
    lake: Lender | None = None,
) -> Loaded:
    """Load the extract and return what became of its rows; on any error the database is as before.

    The file is landed as it came before the transaction ends, and stays landed when the door stops it. `known_from` is
    when we learned of it, in UTC. `accepted` lets in what the door would stop; `lake` lends what it holds. A file whose
    bytes were loaded before is known, unless it is to be read `again`. Raises DoorStopped, or InputError when the rows
    do not make up the lines of the file.
    """
    path, layout = file.path, found.layout
    loaded = Loaded(path.name, layout.id, layout.source, layout.kind, why=found.why)
    with ThreadPoolExecutor(max_workers=2) as pool:
        digesting = pool.submit(digest, path)
        form = layout.extract.date_in_name
        taken_at = moment_in_name(path.name, form) if form else None
        known = None if again else known_file(connection, path, layout, digesting, taken_at)
        if known is not None:
            return replace(loaded, **known)
        latest = latest_known(connection, layout.source)
        if latest is not None and known_from < latest:
            raise InputError(
                f"{path.name}: known at {known_from:%Y-%m-%d %H:%M:%S}, but the home has data of the source"
                f" {layout.source!r} known at {latest:%Y-%m-%d %H:%M:%S}. Give that --known-at or a later one, leave"
                " --known-at out, or ingest the files in the order in which you received them."
            )

        pool.submit(warm_up)

        def load(reading: Reading) -> Loaded:
            arrival = Arrival(connection, path, reading.text, reading.found, 0, known_from, accepted=accepted)
            arrival = replace(arrival, is_guess=reading.is_guess, lake=lake)
            said = replace(loaded, read_as=reading.read_as)
            return _load_whole(arrival, said, digesting, landed, checks, is_ours=is_ours)

        return load_readable(file, found, landed, load)


def _load_whole(
    arrival: Arrival, loaded: Loaded, file: Future[Digest], landed: Path, checks: Sequence[Check], *, is_ours: bool
) -> Loaded:
    """Load the file in one transaction, which any error undoes."""
    with loading(arrival.connection, arrival.lake):
        with phase("stage", is_one_statement=True):
            stage(arrival.connection, arrival.text, arrival.path.name)
        open_extract(arrival.connection, arrival.found)
        arrival = replace(
            arrival, batch_id=arrival.count("select nextval('batch_ids')"), extracted_at=_taken_at(arrival),
            is_mark_in_doubt=is_mark_in_doubt(arrival),
        )  # fmt: skip
        return _load(arrival, loaded, file, landed, checks, is_ours=is_ours)


def _taken_at(arrival: Arrival) -> datetime | None:
    """When the extract was taken, by what it says itself; None where it does not say."""
    if form := arrival.found.layout.extract.date_in_name:
        return moment_in_name(arrival.path.name, form)
    return moment_in_rows(arrival.connection, arrival.found, arrival.path.name)


def _load(
    arrival: Arrival, loaded: Loaded, digesting: Future[Digest], landed: Path, checks: Sequence[Check], *, is_ours: bool
) -> Loaded:
    with phase("rows"):
        loaded, file = read_rows(arrival, loaded, digesting)
    with phase("repeats"):
        loaded = leave_out_no_records(arrival, tell_repeats_apart(arrival, loaded))
        number_as_in_sheet(arrival)
        number_left_out(arrival)
        settle_what_came_again(arrival, file.sha256)
        problems = count_problems(arrival.connection, arrival.batch_id)
        missing = find_missing(arrival, file.sha256)
    with phase("check"):
        profile = profile_batch(arrival, loaded.rows_in, loaded.quarantined, problems, loaded.reread, missing)
        checked = check_at_door(profile.measures, checks, arrival.found.layout.door, loaded.layout)
    door = checked.results
    # a file that is stopped stays where it is, for its owner to mend: what was landed must not change with it
    landed_as = land(arrival.path, landed, file, is_ours=is_ours and not failed_stops(door))
    if arrival.accepted is None:
        stop_at_door(door, arrival.path.name, landed_as, problems, missing_words(arrival, missing))
    with phase("history"):
        loaded = tell_left_out(arrival, end_missing(arrival, settle_with_history(arrival, loaded), missing))
    loaded = replace(
        loaded,
        problems={one.told: one.rows for one in problems},
        codes=count_codes(arrival.connection, arrival.batch_id),
        door=[result.as_dict() for result in door],
    )
    count_what_is_kept(arrival, loaded)
    if arrival.kind.is_screened:
        with phase("situations"):
            add_situations(arrival.connection, arrival.batch_id)
    record_batch(arrival, loaded, file, periods(arrival, missing))
    record_profile(arrival, profile.kept, checked.validation)
    if record_acceptance(arrival.connection, arrival.batch_id, arrival.accepted, door):
        loaded = replace(loaded, accepted=arrival.accepted.reason if arrival.accepted else "")
    return loaded


def read_rows(arrival: Arrival, loaded: Loaded, digesting: Future[Digest]) -> tuple[Loaded, Digest]:
    """Insert every row of `incoming` that can be read; `loaded` counts them for now, `quarantined` the others."""
    terms = term_values(arrival.connection) if arrival.kind.is_screened else {}
    values = {
        "batch_id": arrival.batch_id, "known_from": arrival.known_from, "extracted_at": arrival.extracted_at,
        **arrival.reading, **terms,
    }  # fmt: skip
    inserted = insert_told_rows(arrival, values)
    reread = dict(arrival.connection.execute(read_sql(arrival.kind.sql / "reread_cells.sql")).fetchall())
    doubt_encoding(arrival)
    file = digesting.result()
    if arrival.text.path != arrival.path:
        read = digest(arrival.text.path)
        file = replace(file, lines=read.lines, blank_lines=read.blank_lines)
    rows_in = account(arrival.connection, arrival.text, file.lines, arrival.path.name)
    set_aside = set_aside_rejected(arrival, file)
    left_out = leave_out(arrival)
    kept = inserted + set_aside + left_out
    if kept != rows_in:
        set_aside += set_aside_unread(arrival, rows_in - kept)
    bring_known(arrival)
    loaded = replace(loaded, sha256=file.sha256, rows_in=rows_in, loaded=inserted, quarantined=set_aside)
    return replace(loaded, reread=reread, left_out=left_out), file

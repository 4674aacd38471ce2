"""Follow the findings from one screening to the next: what is new, closed, reopened, changed, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import duckdb

from transforms.derived import FOLLOWED_BATCH
from transforms.ledger.journal import Deed, Entry, last_run, next_number, read_journal, seal
from transforms.ledger.reread import note_reading, nothing_reread
from transforms.ledger.stage import LEDGER
from transforms.ledger.turns import known_kinds, told_facts
from transforms.pipeline import give
from transforms.runs import RunFacts


def follow(
    connection: duckdb.DuckDBPyConnection,
    run: RunFacts,
    deed: Deed,
    reading: str | None = None,
    *,
    is_today: bool = False,
    superseded: Sequence[str] = (),
) -> Entry | None:
    """Note a screening of the present in the journal and in the ledger, and give each row of `findings` its state.

    Expects the temporary tables that `screen` leaves, and a transaction of the caller. A screening as of a day before
    that of the last one noted is not noted: its findings are given the states of its own day, and None comes back. One
    of `is_today`, as the clock has it, always is: where the last one is of a later day, the clock was ahead then. The
    same screening again adds nothing. Otherwise its entry comes back. `reading` is what `reread` returned before the
    screening, None where that was not asked: then facts are taken to be read as they were. `superseded` are the rules
    of before in whose place others stand, see `Rulebook.superseded`.
    """
    if reading is None:
        nothing_reread(connection)
    previous = last_run(connection)
    if previous is not None and previous.deed.as_of > run.as_of and not is_today:
        recall(connection, run)
        return None
    moved = _compare(connection, run, previous, deed.version, superseded)
    is_news = bool(moved and connection.execute("select count(*) from news").fetchall()[0][0])
    if previous is not None and previous.deed.name == run.run_id and not is_news:
        entry = previous
    else:
        entry = _note(connection, run, deed, moved)
        if reading is not None:
            note_reading(connection, reading)
    _note_batch(connection)
    _set_states(connection, "standing_now", {"run_id": run.run_id})
    return entry


def recall(connection: duckdb.DuckDBPyConnection, run: RunFacts) -> None:
    """Give each row of `findings` the state that it had when a screening was made, or would have been made."""
    runs = [one for one in read_journal(connection) if _was_before(one, run)]
    same = [one.entry for one in runs if one.deed.name == run.run_id]
    last = max(same or [one.entry for one in runs], default=0)
    _set_states(connection, "lives", {"run_id": run.run_id, "entry": last})


def count_states(connection: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, int]:
    """Return how many of `findings` are new, open, reopened and decided, and how many this run closed as not made."""
    held = dict(connection.execute("select state, count(*) from findings group by all").fetchall())
    closed = connection.execute(
        "select count(*) from ledger_events semi join (select entry from journal where name = ?) using (entry)"
        " where event = 'closed'",
        [run_id],
    ).fetchall()[0][0]
    named = {name: held.get(name, 0) for name in ("new", "open", "reopened")}
    return {**named, "decided": held.get("closed", 0), "closed": closed}


def screened_before(connection: duckdb.DuckDBPyConnection, run: RunFacts) -> date | None:
    """Return the as-of day of the screening noted before this one; None where it is the first.

    Before one that is noted are the entries before its own, whatever the clock said then.
    """
    entries = list(read_journal(connection))
    own = max((one.entry for one in entries if one.deed.name == run.run_id), default=None)
    if own is None:
        before = [one for one in entries if _was_before(one, run)]
    else:
        before = [one for one in entries if one.deed.name != run.run_id and one.entry < own]
    return before[-1].deed.as_of if before else None


def _was_before(entry: Entry, run: RunFacts) -> bool:
    return (entry.deed.as_of <= run.as_of and entry.deed.done_at <= run.moment) or entry.deed.name == run.run_id


def _compare(
    connection: duckdb.DuckDBPyConnection,
    run: RunFacts,
    previous: Entry | None,
    version: str,
    superseded: Sequence[str],
) -> int:
    """Leave `moved_findings`, and return how many they are; where there are any, `news` of them."""
    values = told_facts() | {
        "superseded": list(superseded),
        "as_of": run.as_of,
        "moment": run.moment,
        "is_first": previous is None,
        "previous_batch": _followed_batch(connection, previous) if previous else None,
        "is_law_changed": previous is not None
        and (previous.deed.rulebook_hash, previous.deed.version) != (run.rulebook_hash, version),
    }
    give(connection, "known_kinds", known_kinds())
    LEDGER.make(connection, "asked_now", name="asked_findings")
    for step in ("deciding_columns", "lost", "seen_records"):
        LEDGER.make(connection, step, values)
    LEDGER.add(connection, "situation_facts", "ledger_situations")
    for step, name in (
        ("restated_lines", "lines_in_question"), ("line_changes", "decided_changes"),
        ("same_situations", "same_situations"), ("still_standing", "still_standing"),
    ):  # fmt: skip
        LEDGER.make(connection, step, values, name)
    moved = LEDGER.make(connection, "moved_findings", values)
    if moved:  # on most nights of a long history nothing is to be told of any
        LEDGER.make(connection, "lines_with_news", values, "lines_in_question")
        for step in ("line_changes", "news"):
            LEDGER.make(connection, step, values)
    return moved


def _followed_batch(connection: duckdb.DuckDBPyConnection, previous: Entry) -> int:
    """Return the last batch that the screening noted last saw: what came after it is told by this, by no clock.

    Where no version noted it, all that was known by the time of that screening was there.
    """
    noted = connection.execute("select value from meta where key = ?", [FOLLOWED_BATCH]).fetchone()
    if noted is not None:
        return int(noted[0])
    until = "select coalesce(max(batch_id), 0) from batches where known_from <= ?"
    return int(connection.execute(until, [previous.deed.known_until]).fetchall()[0][0])


def _note_batch(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("delete from meta where key = ?", [FOLLOWED_BATCH])
    connection.execute("insert into meta select ?, coalesce(max(batch_id), 0)::varchar from batches", [FOLLOWED_BATCH])


def _note(connection: duckdb.DuckDBPyConnection, run: RunFacts, deed: Deed, moved: int) -> Entry:
    number = next_number(connection)
    if moved:
        LEDGER.make(connection, "followed", {"as_of": run.as_of, "entry": number, "run_id": run.run_id})
        connection.execute(
            "insert into ledger_events select ?, finding_id, event, state, cause, detail, outcome, ? from news",
            [number, run.as_of],
        )
        LEDGER.add(connection, "standing", "dispositions", {"entry": number})
        known = "select finding_id from moved_findings where is_known"
        connection.execute(f"delete from ledger where finding_id in ({known})")
        connection.execute("insert into ledger by name from followed")
    return seal(connection, number, replace(deed, name=run.run_id, as_of=run.as_of, known_until=run.moment,
                                            rulebook_hash=run.rulebook_hash))  # fmt: skip


def _set_states(connection: duckdb.DuckDBPyConnection, step: str, values: Mapping[str, object]) -> None:
    """Give each row of `findings` the state that a step tells of it."""
    LEDGER.make(connection, step, values, name="lives_of_findings")
    connection.execute(
        "update findings as f set first_seen_on = l.first_seen_on, state = case"
        " when l.state = 'closed' then 'closed' when l.is_new then 'new' when l.is_reopened then 'reopened'"
        " else 'open' end from lives_of_findings as l where l.finding_id = f.finding_id"
    )

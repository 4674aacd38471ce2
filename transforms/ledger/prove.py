"""Prove that nothing of the journal was changed or taken out, and that the ledger is what the journal adds up to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb

from transforms.ledger.journal import FIRST, SQL, Entry, hash_rows, read_journal, seal_line
from transforms.sql import read_sql

_MOST = 20


def chain_faults(connection: duckdb.DuckDBPyConnection, seals: Path) -> list[str]:
    """Return every place where the journal does not hold: numbers, rows, own words, links, and the file of seals."""
    hollow = connection.execute(
        "select count(*) from journal where entry is null or kind is null or name is null or as_of is null or"
        " done_at is null or rows_sha256 is null or previous_sha256 is null or sha256 is null"
    ).fetchall()[0][0]
    if hollow:
        return [f"journal: {hollow} entries lack required fields. Another program changed the journal."]
    entries = list(read_journal(connection))
    return [
        *_number_faults(connection, entries),
        *(fault for one in entries for fault in _entry_faults(connection, one)),
        *_link_faults(entries),
        *_file_faults(entries, seals),
    ]


def ledger_faults(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return what the ledger says of findings otherwise than the events of the journal add up to."""
    rows = connection.execute(read_sql(SQL / "ledger_faults.sql")).fetchall()
    twice = connection.execute(
        "select finding_id, count(*) from ledger group by all having count(*) > 1 order by 1"
    ).fetchall()
    found = [f"ledger, finding {finding_id}: {fault}" for finding_id, fault in rows]
    found += [f"ledger, finding {finding_id}: recorded {number} times" for finding_id, number in twice]
    more = [f"ledger: {len(found) - _MOST:,} more findings differ from the journal"]
    return found[:_MOST] + more * (len(found) > _MOST)


def count_states(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many findings were ever made, by how they stand: open, closed by a decision, closed by the record."""
    rows = connection.execute(
        "select concat_ws(' by ', state, closed_by), count(*) from ledger group by all order by all"
    ).fetchall()
    return dict(rows)


def _number_faults(connection: duckdb.DuckDBPyConnection, entries: list[Entry]) -> list[str]:
    numbers = Counter(one.entry for one in entries)
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    found = [f"journal: entry {number} is missing" for number in missing]
    found += [f"journal: entry {number} is recorded {times} times" for number, times in numbers.items() if times > 1]
    for table in ("ledger_events", "dispositions"):
        loose = connection.execute(
            f"select entry, count(*) from {table} where entry not in (select entry from journal) or entry is null"
            " group by all order by all"
        ).fetchall()
        found += [f"{table}: {rows:,} rows of entry {entry}, which is not in the journal" for entry, rows in loose]
    return found


def _entry_faults(connection: duckdb.DuckDBPyConnection, one: Entry) -> list[str]:
    found, name = [], f"entry {one.entry} ({one.deed.kind} {one.deed.name})"
    count, digest = hash_rows(connection, one.entry)
    if (count, digest) != (one.row_count, one.rows_sha256):
        found.append(
            f"{name}: its rows in ledger_events and dispositions differ from the sealed rows"
            f" ({count:,} rows, {one.row_count:,} sealed)"
        )
    if one.expected_sha256 != one.sha256:
        found.append(f"{name}: its fields in the journal differ from the sealed fields")
    return found


def _link_faults(entries: list[Entry]) -> list[str]:
    before = [FIRST, *(one.sha256 for one in entries)]
    return [
        f"entry {one.entry} ({one.deed.kind} {one.deed.name}): its seal does not match the entry before it"
        for one, sha256 in zip(entries, before, strict=False)
        if one.previous_sha256 != sha256
    ]


def _file_faults(entries: list[Entry], seals: Path) -> list[str]:
    """Compare the file line by line: it has a line for each entry, in their order, and no other."""
    if not seals.is_file():
        return [f"{seals.name}: is missing"] * bool(entries)
    lines = seals.read_text(encoding="utf-8", errors="replace").splitlines()
    held = {one.entry: seal_line(one) for one in entries}
    found, seen = [], list[int]()
    for at, line in enumerate(lines, start=1):
        first = line.partition("\t")[0]
        number = int(first) if first.isdecimal() else 0
        if number not in held:
            found.append(f"{seals.name}, line {at}: names entry {first[:20]!r}, which is not in the database")
        elif line != held[number]:
            found.append(f"{seals.name}, line {at}: entry {number} differs from the database")
        elif number in seen:
            found.append(f"{seals.name}, line {at}: entry {number} occurs again")
        elif seen and number < seen[-1]:
            found.append(f"{seals.name}, line {at}: entry {number} is out of order")
        seen.append(number)
    return found + [
        f"{seals.name}: entry {number} is missing (after an interrupted run, the next run adds it)"
        for number in held
        if number not in seen
    ]

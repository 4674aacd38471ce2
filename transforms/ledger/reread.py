"""On what the findings of the last screening rested, read with the facts of today.

A decision holds until a record changes, or what the law says. Where Earshot or the rulebook reads facts otherwise than
at the last screening, that alone opens nothing: the records of then are read again, and compared with those of now.
"""

from __future__ import annotations

import hashlib
import json

import duckdb

from transforms.contexts.contexts import ADDED, CONTEXTS, Terms, add_contexts
from transforms.derived import FACT_TERMS, LEDGER_READING
from transforms.ingest.recall import RECALL, recall
from transforms.ledger.journal import last_run
from transforms.ledger.stage import LEDGER
from transforms.match.match import MATCH, match_filings
from transforms.pipeline import give
from transforms.rulebook.law import Law
from transforms.situations.situations import SITUATIONS

_COLUMNS = {
    "finding_id": "varchar", "line_batch": "integer", "compared_hash": "ubigint", "facts": "map(varchar, varchar)"
}  # fmt: skip


def reread(connection: duckdb.DuckDBPyConnection, law: Law) -> str:
    """Leave `reread_findings`, and return how facts are read now, for `follow` to note.

    One row per finding of the last screening, where it read facts otherwise than they are read now; else none. To be
    called before the screening: its temporary tables are those of the records as the last one knew them.
    """
    reading = _reading(connection, law)
    nothing_reread(connection)
    previous = last_run(connection)
    LEDGER.make(connection, "asked_before", name="asked_findings")
    asked = connection.execute("select 1 from asked_findings limit 1").fetchall()
    if previous is not None and asked and _noted(connection) != reading:
        moment = previous.deed.known_until
        assert moment is not None, "a screening is noted with its moment"
        recall(connection, moment, law.filing_statuses)
        match_filings(connection, moment, law.parameters)
        add_contexts(connection, law)
        for step in ("seen_records", "reread_findings"):
            LEDGER.make(connection, step)
    return reading


def nothing_reread(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave `reread_findings` empty: facts are read as they were."""
    give(connection, "reread_findings", columns=_COLUMNS)


def note_reading(connection: duckdb.DuckDBPyConnection, reading: str) -> None:
    """Note how the screening that is noted read facts."""
    connection.execute("delete from meta where key = ?", [LEDGER_READING])
    connection.execute("insert into meta values (?, ?)", [LEDGER_READING, reading])


def _noted(connection: duckdb.DuckDBPyConnection) -> str | None:
    found = connection.execute("select value from meta where key = ?", [LEDGER_READING]).fetchone()
    return str(found[0]) if found else None


def _reading(connection: duckdb.DuckDBPyConnection, law: Law) -> str:
    """Return a hash of all by which facts, contexts and matches are made of records: SQL, and parts of the law."""
    terms = Terms.of(law)
    told = [
        connection.execute("select value from meta where key in ('derived', ?) order by key", [FACT_TERMS]).fetchall(),
        [stage.fingerprint() for stage in (SITUATIONS, RECALL, MATCH, *ADDED)],
        CONTEXTS.fingerprint(terms.thresholds, terms.parameters, terms.signals, terms.signals_from),
        law.filing_statuses,
    ]
    return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()

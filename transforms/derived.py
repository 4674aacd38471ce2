"""What a home holds that is derived from its records: on what that rests, and whether it is still so.

Recorded columns are the stored schema, and only a migration changes them. All else is made of them by SQL of this
version and by DuckDB's `hash`: where either is another one than when it was made, it is made anew (`migrations/`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import duckdb

from transforms.facts import all_facts
from transforms.kinds import KINDS
from transforms.pipeline import lasting_table
from transforms.sql import read_sql

HERE = Path(__file__).parent
SCHEMA = HERE / "store.sql"
RESTS_ON = (
    SCHEMA,
    HERE / "common.sql",
    *sorted((HERE / "ingest" / "sql" / "words").glob("*.sql")),
    *(HERE / "situations" / "sql" / f"{step}.sql" for step in ("facts", "identified")),
    *(kind.sql / "hashed_rows.sql" for kind in KINDS.values()),
)
"""The SQL by which derived columns and tables are made."""
TABLES_OF_FACTS = ("situations", "known_contexts")
"""Tables that have the facts as columns: made as they are declared, and so by `facts.yml`."""
Terms = Mapping[str, Sequence[str | int]]
"""By the name of a parameter of the law, all that it ever was."""
FACT_TERMS = "fact_terms"
FOLLOWED_BATCH = "followed_batch"
"""The key of `meta` that says which batch was the last one when the last screening was noted: recorded, not derived."""
LEDGER_READING = "ledger_reading"
"""The key of `meta` that says how facts were read by the last screening that was noted."""
NOTED = (FOLLOWED_BATCH, LEDGER_READING)
"""What `meta` holds that is recorded."""
DERIVED_TABLES = (*TABLES_OF_FACTS, "context_state", "decision_state")
"""Tables that hold nothing recorded. So do `known_...`, which a screening makes by the columns of what it keeps."""
VERSION_COLUMNS = ("batch_id", "known_from", "known_until", "extracted_at")
CANARY = (
    "select concat_ws(' ', hash('earshot', null, 1), hash(date '2026-11-20', 1.5::decimal(18, 4), true, 7::ubigint),"
    " hash(['a', null]))"
)


def tables_of_home() -> str:
    """Return the SQL that makes the tables of a home where they are not there yet."""
    return "\n".join([read_sql(SCHEMA) + ";", *map(lasting_table, TABLES_OF_FACTS)])


def derived_state(connection: duckdb.DuckDBPyConnection, terms: Terms | None) -> dict[str, str]:
    """Return on what the derived part of a home rests that is written now, as `meta` keeps it."""
    ((canary,),) = connection.execute(CANARY).fetchall()
    state = {"derived": _fingerprint(), "duckdb": duckdb.__version__, "hash_canary": canary}
    return state if terms is None else state | {FACT_TERMS: json.dumps(terms, sort_keys=True)}


def note_terms(connection: duckdb.DuckDBPyConnection, terms: Terms) -> None:
    """Note by which terms of the law the facts of a home are told from now on."""
    connection.execute("delete from meta where key = ?", [FACT_TERMS])
    connection.execute("insert into meta values (?, ?)", [FACT_TERMS, json.dumps(terms, sort_keys=True)])


def fact_terms(connection: duckdb.DuckDBPyConnection) -> dict[str, Sequence[str | int]]:
    """Return the terms of the law by which the facts of a home are told; raise KeyError where none are noted."""
    found = connection.execute("select value from meta where key = ?", [FACT_TERMS]).fetchone()
    if found is None:
        raise KeyError(FACT_TERMS)
    return dict(json.loads(found[0]))


def term_values(connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Return the same as values for the SQL of the facts: `filing_headings` is that of `filing-headings`."""
    return {name.replace("-", "_"): words for name, words in fact_terms(connection).items()}


def naming_values() -> dict[str, object]:
    """Return the values of the SQL that names a situation: the facts that are quiet."""
    return {"quiet_facts": [name for name, fact in all_facts().items() if fact.quiet]}


def recorded_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a table of records that are recorded; the others are derived."""
    return ("source", *KINDS[table].names, *VERSION_COLUMNS)


@cache
def shapes() -> dict[str, dict[str, str]]:
    """Return the tables of a home as this version makes them: columns with their types, in order."""
    found: dict[str, dict[str, str]] = {}
    with duckdb.connect() as connection:
        connection.execute(tables_of_home())
        for table, column, kind in connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where not internal order by table_name,"
            " column_index"
        ).fetchall():
            found.setdefault(table, {})[column] = kind
    return found


@cache
def _fingerprint() -> str:
    """A hash of the SQL, comments and space left out, and of the facts that tables have as columns."""
    texts = [" ".join(re.sub(r"^\s*--.*$", "", read_sql(path), flags=re.MULTILINE).split()) for path in RESTS_ON]
    texts.append(json.dumps([(name, fact.type) for name, fact in all_facts().items()]))
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()

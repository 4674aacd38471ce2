"""Hold the parties of lines against the lists: each distinct party once, against each entry once.

For the present it is kept which parties were held against which entries, and what came of it (the tables `known_...`):
a night asks for new parties alone, a new list for the entries that it changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from transforms import names
from transforms.kept_parts import kept_tables, key_of
from transforms.names.words import COUNTRY_NAMES, NAME_WORDS, PARTY_WORDS, NameWords, name_words
from transforms.pipeline import Stage, give, make_table, make_view
from transforms.relations import declared
from transforms.rulebook import listed as lists
from transforms.rulebook import listed_rows
from transforms.rulebook.listed import Listed

PARTIES = Stage(
    name="parties",
    folder=Path(__file__).parent / "sql",
    reads=("current_lines", "name_matches", "unnamed_parties"),
    leaves=("named_parties", "party_matches"),
)
_KNOWN = {
    "known_parties": {"party_key": "ubigint", "name": "varchar", "country": "varchar", "address": "varchar"},
    "known_matches": declared("name_matches").types,
    "known_entries": {"entry_id": "varchar", "print": "ubigint"},
    "known_lists": {"lists": "varchar", "reading": "varchar"},
}
"""What is kept: parties that were held against the lists, what they may be, the entries, and by what names are read."""


_RULED = dict.fromkeys(
    ("party", "country", "address", "entry_id", "ruling", "ruled_on", "ruled_by", "lapsed"), "varchar"
)  # fmt: skip
Matching = Callable[[duckdb.DuckDBPyConnection, NameWords], None]
"""Who leaves `name_matches` of `parties`, as `match_here` does."""
_NOBODY = "select null::ubigint as party_key where false"


def find_parties(
    connection: duckdb.DuckDBPyConnection,
    listed: Listed,
    lines: str = "from current_lines",
    *,
    keep: bool = False,
    match: Matching | None = None,
) -> None:
    """Leave `party_matches`: one row per party of these lines and entry of the lists that it may be.

    With `keep`, what was asked is kept in the database. What is kept serves any moment, as it turns on names alone.
    `match` matches names elsewhere.
    """
    match = match or match_here
    make_view(connection, "party_lines", lines)
    PARTIES.make(connection, "named_parties")
    give(connection, "name_matches")
    give(connection, "party_rulings", listed.ruled if listed.rulings else (), columns=_RULED)
    if not listed.files:
        make_view(connection, "held_matches", "from name_matches")
        PARTIES.make(connection, "party_matches")
        return
    words = name_words(*(listed.rows_of_words(name) for name in (NAME_WORDS, PARTY_WORDS, COUNTRY_NAMES)))
    is_known = _keep_up(connection, listed, words, match) if keep else _state(connection) == _rests_on(listed)
    make_view(connection, "seen_parties", "from known_parties" if is_known else _NOBODY)
    if make_table(connection, "parties", PARTIES.text("unseen_parties")):
        _make_ready(connection, listed, words)
        match(connection, words)
    if keep:
        connection.execute("insert into known_parties by name from parties")
        connection.execute("insert into known_matches by name from name_matches")
    held = "from name_matches" + (" union all by name from known_matches" if is_known else "")
    make_view(connection, "held_matches", "from known_matches" if keep else held)
    PARTIES.make(connection, "party_matches")


def _keep_up(
    connection: duckdb.DuckDBPyConnection, listed: Listed, words: NameWords, match: Matching
) -> bool:
    """Make what is kept hold for these lists: the parties known are held against the entries that came or changed."""
    state, now = _state(connection), _rests_on(listed)
    if state == now:
        return True
    if state is None or state[1] != now[1]:  # none are kept, or names are read otherwise
        for table, columns in _KNOWN.items():
            empty = ", ".join(f"null::{kind} as {name}" for name, kind in columns.items())
            make_table(connection, table, f"select {empty} where false", is_lasting=True)
    _give_once(connection, listed, "prints", ("entry_prints",), lambda: _print(connection, listed))
    make_view(connection, "entries_before", "from known_entries")
    PARTIES.make(connection, "changed_entries")
    connection.execute(
        "delete from known_matches where entry_id not in (select entry_id from entry_prints)"
        " or entry_id in (select entry_id from changed_entries)"
    )
    if make_table(connection, "parties", "from known_parties"):
        give(connection, "all_listed_names", listed.names)
        PARTIES.make(connection, "changed_names", name="listed_names")
        _prepare_names(connection, words)
        match(connection, words)
        connection.execute("insert into known_matches by name from name_matches")
        give(connection, "name_matches")
    make_table(connection, "known_entries_now", "select entry_id, print from entry_prints")
    connection.execute("delete from known_entries; insert into known_entries by name from known_entries_now")
    connection.execute("delete from known_lists")
    connection.execute("insert into known_lists values (?, ?)", list(now))
    return True


def match_here(connection: duckdb.DuckDBPyConnection, words: NameWords) -> None:
    """Leave `name_matches` of the parties given; a name that names no party has a row without an entry.

    Expects `parties`, and what `prepare_listed` left.
    """
    from transforms.names.match import match_names, prepare_parties  # how words are alike: where names are compared

    prepare_parties(connection, words)
    match_names(connection, words)
    make_table(connection, "found_matches", "from name_matches")
    PARTIES.make(connection, "all_matches", name="name_matches")


_READY: dict[tuple[str, str], dict[str, pa.Table]] = {}
"""What follows from lists alone, of each kind the last, by the digest of the entries and the kind."""


def _make_ready(connection: duckdb.DuckDBPyConnection, listed: Listed, words: NameWords) -> None:
    """Leave the names of the lists as `prepare_listed` does."""
    from transforms.names.match import LISTED

    _give_once(connection, listed, "names", LISTED, lambda: _prepare(connection, listed, words))


def _prepare(connection: duckdb.DuckDBPyConnection, listed: Listed, words: NameWords) -> None:
    give(connection, "listed_names", listed.names)
    _prepare_names(connection, words)


def _prepare_names(connection: duckdb.DuckDBPyConnection, words: NameWords) -> None:
    from transforms.names.match import prepare_listed

    prepare_listed(connection, words)


def _print(connection: duckdb.DuckDBPyConnection, listed: Listed) -> None:
    give(connection, "listed_names", listed.names)
    PARTIES.make(connection, "entry_prints")


def _give_once(
    connection: duckdb.DuckDBPyConnection,
    listed: Listed,
    kind: str,
    relations: Sequence[str],
    make: Callable[[], None],
) -> None:
    """Leave relations that `make` makes of the lists alone: it is asked once for the same lists."""
    at = (listed.entries_digest, kind)
    if at not in _READY:

        def made() -> dict[str, pa.Table]:
            make()
            return {name: connection.sql(f"from {name}").to_arrow_table() for name in relations}

        key = key_of(_rests_on(listed), [Path(lists.__file__), Path(listed_rows.__file__)])
        tables = kept_tables(listed.made, kind, key, 2, made)
        for other in [one for one in _READY if one[1] == kind]:
            del _READY[other]
        _READY[at] = tables
    for name in relations:
        give(connection, name, _READY[at][name])


def _state(connection: duckdb.DuckDBPyConnection) -> tuple[str, str] | None:
    """Return on which lists what is kept rests, and by what names were read; None where nothing is kept."""
    query = "select 1 from duckdb_tables() where table_name = 'known_lists' and not temporary"
    if not connection.execute(query).fetchall():
        return None
    rows = connection.execute("select lists, reading from known_lists").fetchall()
    return (rows[0][0], rows[0][1]) if rows else None


def _rests_on(listed: Listed) -> tuple[str, str]:
    """Return a hash of the entries, and one of all by which names are read."""
    return listed.entries_digest, reading_of_names(listed)


def reading_of_names(listed: Listed) -> str:
    """Return a hash of all by which names are read: words, SQL and code."""
    code = sorted([*Path(names.__path__[0]).rglob("*.*"), *Path(__file__).parent.rglob("*.*")])
    texts = [(path.name, path.read_bytes()) for path in code if path.suffix in (".py", ".sql")]
    return hashlib.sha256(repr([*texts, *sorted(listed.words.items())]).encode()).hexdigest()

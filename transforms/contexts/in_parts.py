"""What other records add to lines that lie in parts: what crosses parts is gathered first, then each part stands alone.

A group of low value is of one day, so of one part; an ITN, an order under License Exception LVS, and what AES says of a
line may cross them. Of these each part tells what little the others need, and the steps of one process run over that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from transforms.contexts.contexts import (
    ADDED,
    CONTEXTS,
    FOLDER,
    ITN_USE,
    ORDER_VALUE,
    SHIPMENT_VALUE,
    Terms,
    give_terms,
    make_facts,
)
from transforms.ingest.recall import RECALL, recall_lines
from transforms.lake.made import Made, digest_of_rows
from transforms.lake.parts import Part, Parts
from transforms.parties.parties import PARTIES, find_parties
from transforms.pipeline import Stage, Values, give, make_table, make_view

CROSSING = Stage(
    name="contexts",
    folder=FOLDER / "parts",
    reads=("current_lines", "aes_states"),
    leaves=("crossing_facts",),
)
_GIVEN = ("numbered_realms", "itn_use_facts", "order_value_facts", "aes_state_facts")
"""The steps of contexts that are handed to a part, of what crosses parts."""
_LINES = "from current_lines"


@dataclass(frozen=True)
class Crossing:
    """What holds for all parts, and on what it rests."""

    terms: Terms
    rests_on: tuple[object, ...]
    parties: dict[date, Path]
    """The parties of the lines of each part."""


def gather_crossing(
    connection: duckdb.DuckDBPyConnection, terms: Terms, parts: Parts, made: Made, known: str, *, keep: bool
) -> Crossing:
    """Leave what crosses parts: `crossing_facts` by month and line, `party_matches` and `realms_of_parts`.

    Expects the records as `recall` left them over all parts, and what `match_filings` left. `known` names the moment
    that it was asked for. With `keep`, which parties were held against the lists is kept in the database.
    """
    rests_on = (give_terms(connection, terms), known, CROSSING.fingerprint(), RECALL.fingerprint())
    files: dict[str, dict[date, Path]] = {"itn_marks": {}, "ordered_lines": {}, "named_parties": {}, "realms": {}}
    for part in parts.parts:
        parts.lay(connection, part)
        for name, view in (("order_lines", _LINES), ("party_lines", _LINES), ("value_lines", _LINES)):
            make_view(connection, name, view)
        for name, query in {
            "itn_marks": CROSSING.text("itn_marks"),
            "ordered_lines": ORDER_VALUE.text("ordered_lines"),
            "named_parties": PARTIES.text("named_parties"),
            "realms": SHIPMENT_VALUE.text("numbered_realms"),
        }.items():
            of = (*rests_on, *rates_of(connection, part))
            files[name][part.first] = made.file(connection, name, part, of, query)
    _make(connection, "repeated_uses", files["itn_marks"].values())
    _make(connection, "asked_orders", files["ordered_lines"].values())
    _make(connection, "realms_of_parts", files["realms"].values())
    _gather_lines(connection, parts, made, rests_on)
    parts.lay(connection)
    give(connection, "carried_facts")
    CROSSING.make(connection, "crossing_facts")
    _make(connection, "lines_of_parties", files["named_parties"].values())
    find_parties(connection, terms.listed, "from lines_of_parties", keep=keep)
    everywhere = digest_of_rows(connection, "from realms_of_parts"), digest_of_rows(connection, "from current_items")
    stages = [one.fingerprint() for one in (*ADDED, CONTEXTS)]
    return Crossing(terms, (*rests_on, *everywhere, *stages), files["named_parties"])


def rates_of(connection: duckdb.DuckDBPyConnection, part: Part) -> list[object]:
    """Return a digest of the rates that convert lines of a part."""
    rates = f"select currency, export_on, rate from conversions where {part.holds('export_on')}"
    return digest_of_rows(connection, rates)


def _make(connection: duckdb.DuckDBPyConnection, step: str, files: Iterable[Path]) -> int:
    return CROSSING.make(connection, step, {"files": [str(path) for path in files]})


def _gather_lines(
    connection: duckdb.DuckDBPyConnection, parts: Parts, made: Made, rests_on: tuple[object, ...]
) -> None:
    """Ask what lines of several parts add to each other: leaves `itn_use_facts` and `order_value_facts`."""
    asked = digest_of_rows(connection, "from repeated_uses") + digest_of_rows(connection, "from asked_orders")
    files = []
    for part in parts.parts:
        parts.lay(connection, part)
        of = (*rests_on, *rates_of(connection, part), *asked)
        files.append(made.file(connection, "crossing_lines", part, of, CROSSING.text("crossing_lines")))
    gathered = {"files": [str(path) for path in files]}
    query = "from read_parquet($files::varchar[], hive_partitioning = false)"
    make_table(connection, "crossing_lines_of_all", query, gathered)
    make_view(connection, "itn_lines", "from crossing_lines_of_all where is_of_itn")
    make_view(connection, "order_lines", "from crossing_lines_of_all")
    make_view(connection, "current_lines", "from crossing_lines_of_all")
    ITN_USE.run(connection)
    ORDER_VALUE.run(connection)
    recall_lines(connection)


def add_to_part(
    connection: duckdb.DuckDBPyConnection, part: Part, crossing: Crossing, made: Made
) -> tuple[Path, tuple[object, ...]]:
    """Return the file of `context_facts` of the part that is laid under the stages, and on what it rests.

    One row per line to which other records add anything out of the ordinary.
    """
    rests_on = (*crossing.rests_on, *_of_part(connection, part, crossing))

    def make() -> str:
        make_table(connection, "numbered_realms", "from realms_of_parts")
        for step in ("itn_use", "order_value", "aes_state"):
            make_table(
                connection,
                f"{step}_facts",
                f"select line_id, fact, value from crossing_facts where fact = '{step}' and {part.holds('month')}",
            )
        for scope in ("value_lines", "own_lines"):
            make_view(connection, scope, _LINES)
        make_facts(connection, crossing.terms, _GIVEN)
        return "from context_facts"

    return made.file(connection, "contexts", part, rests_on, make), rests_on


def lay_states(connection: duckdb.DuckDBPyConnection, part: Part | None = None) -> None:
    """Have `aes_states` be what AES says of the lines of a part, or of all."""
    condition = f"fact = 'aes_state' and {part.holds('month')}" if part else "fact = 'aes_state'"
    query = f"select line_id, value as aes_state from crossing_facts where {condition}"
    make_table(connection, "aes_states", query)


def _of_part(connection: duckdb.DuckDBPyConnection, part: Part, crossing: Crossing) -> list[object]:
    """Return digests of what this part is told of others."""
    values: Values = {"file": str(crossing.parties[part.first])}
    named = make_table(connection, "parties_of_part", "select party_key from read_parquet($file)", values)
    queries = (
        f"select line_id, fact, value from crossing_facts where {part.holds('month')}",
        "from party_matches semi join parties_of_part using (party_key)",
        "from lines_aside semi join current_lines using (source, shipment_id)",
    )
    digests = [value for query in queries for value in digest_of_rows(connection, query)]
    return [named, *rates_of(connection, part), *digests]


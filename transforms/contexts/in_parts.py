"""What other records add to lines that lie in parts: what crosses parts is gathered first, then each part stands alone.

A group of low value is of one day, so of one part; an ITN, an order under License Exception LVS, and what AES says of a
line may cross them. Of these each part tells what little the others need, and the steps of one process run over that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from transforms.contexts.contexts import ADDED, CONTEXTS, ITN_USE, ORDER_VALUE, Terms, give_terms
from transforms.contexts.of_part import CROSSING, USES, map_crossing, map_uses
from transforms.ingest.recall import RECALL, recall_lines
from transforms.lake.ask import Asking
from transforms.lake.made import digest_of_rows
from transforms.lake.parts import Part
from transforms.parties.in_slices import match_in_slices
from transforms.parties.parties import find_parties
from transforms.pipeline import give, make_table, make_view
from transforms.sql_text import literal

BROADCAST = {
    "realms_of_parts": "from realms_of_parts",
    "crossing_facts": "from crossing_facts",
    "party_matches": "from party_matches",
    "lines_aside": "from lines_aside",
    "current_items": "from current_items",
    "situations": "from situations",
    "valued_situations": "from valued_situations",
    "value_thresholds": "from value_thresholds",
    "parameters": "from parameters",
    "dated_signals": "from dated_signals",
}
"""What each part is handed to tell what other records add to its lines."""


@dataclass(frozen=True)
class Crossing:
    """What holds for all parts, and on what it rests."""

    terms: Terms
    rests_on: tuple[object, ...]
    given: Mapping[str, Path]
    """The relations that are handed to each part."""
    parties: Mapping[date, Path]
    """The parties of the lines of each part."""

    def of_part(self, connection: duckdb.DuckDBPyConnection, part: Part) -> tuple[object, ...]:
        """Return on what the contexts of a part rest: digests of what it is told of others among it."""
        named = f"(select party_key from read_parquet({literal(str(self.parties[part.first]))}))"
        queries = (
            f"select line_id, fact, value from crossing_facts where {part.holds('month')}",
            f"from party_matches where party_key in {named}",
            *self._beside(connection, part),
        )
        digests = [value for query in queries for value in digest_of_rows(connection, query)]
        return (*self.rests_on, *rates_of(connection, part), *digests)

    def _beside(self, connection: duckdb.DuckDBPyConnection, part: Part) -> list[str]:
        """Return what asks which of its shipments have a row in quarantine; nothing where none is there at all."""
        if not connection.execute("select 1 from lines_aside limit 1").fetchall():
            return []
        lines = ", ".join(literal(str(path)) for path in part.files)
        return [f"from lines_aside semi join read_parquet([{lines}]) using (source, shipment_id)"]


def gather_crossing(
    connection: duckdb.DuckDBPyConnection, terms: Terms, asking: Asking, known: str, *, keep: bool
) -> Crossing:
    """Leave what crosses parts: `crossing_facts` by month and line, `party_matches` and `realms_of_parts`.

    Expects the records as `recall` left them over all parts, and what `match_filings` left. `known` names the moment
    that it was asked for. With `keep`, which parties were held against the lists is kept in the database.
    """
    rests_on = (give_terms(connection, terms), known, CROSSING.fingerprint(), RECALL.fingerprint())
    rates = {"conversions": asking.made.give(connection, "conversions", "from conversions")}

    def of_part(part: Part) -> tuple[object, ...]:
        return (*rests_on, *rates_of(connection, part))

    files = asking.ask(map_uses, USES, of_part, lambda part: rates)
    _make(connection, "repeated_uses", files["itn_marks"].values())
    _make(connection, "asked_orders", files["ordered_lines"].values())
    _make(connection, "realms_of_parts", files["realms"].values())
    asked = {name: asking.made.give(connection, name, f"from {name}") for name in ("repeated_uses", "asked_orders")}
    names = [path.name for path in asked.values()]
    crossing = asking.ask(
        map_crossing, ("crossing_lines",), lambda part: (*of_part(part), *names), lambda part: {**rates, **asked}
    )
    _gather_lines(connection, crossing["crossing_lines"].values())
    asking.parts.lay(connection)
    give(connection, "carried_facts")
    CROSSING.make(connection, "crossing_facts")
    _make(connection, "lines_of_parties", files["named_parties"].values())
    match = match_in_slices(asking, terms.listed)
    find_parties(connection, terms.listed, "from lines_of_parties", keep=keep, match=match)
    given = {name: asking.made.give(connection, name, query) for name, query in BROADCAST.items()}
    everywhere = [given[name].name for name in ("realms_of_parts", "current_items")]
    stages = [one.fingerprint() for one in (*ADDED, CONTEXTS)]
    return Crossing(terms, (*rests_on, *everywhere, *stages), {**rates, **given}, files["named_parties"])


def rates_of(connection: duckdb.DuckDBPyConnection, part: Part) -> list[object]:
    """Return a digest of the rates that convert lines of a part."""
    rates = f"select currency, export_on, rate from conversions where {part.holds('export_on')}"
    return digest_of_rows(connection, rates)


def lay_states(connection: duckdb.DuckDBPyConnection) -> None:
    """Have `aes_states` be what AES says of all lines."""
    query = "select line_id, value as aes_state from crossing_facts where fact = 'aes_state'"
    make_table(connection, "aes_states", query)


def _make(connection: duckdb.DuckDBPyConnection, step: str, files: Iterable[Path]) -> int:
    return CROSSING.make(connection, step, {"files": [str(path) for path in files]})


def _gather_lines(connection: duckdb.DuckDBPyConnection, files: Iterable[Path]) -> None:
    """Ask what lines of several parts add to each other: leaves `itn_use_facts` and `order_value_facts`."""
    gathered = {"files": [str(path) for path in files]}
    query = "from read_parquet($files::varchar[], hive_partitioning = false)"
    make_table(connection, "crossing_lines_of_all", query, gathered)
    make_view(connection, "itn_lines", "from crossing_lines_of_all where is_of_itn")
    make_view(connection, "order_lines", "from crossing_lines_of_all")
    make_view(connection, "current_lines", "from crossing_lines_of_all")
    ITN_USE.run(connection)
    ORDER_VALUE.run(connection)
    recall_lines(connection)

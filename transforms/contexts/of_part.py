"""The stages of contexts that are asked of one part, wherever that is: paths in, files out."""

from __future__ import annotations

import duckdb

from transforms.contexts.contexts import FOLDER, ORDER_VALUE, SHIPMENT_VALUE
from transforms.ingest.recall import RECALL, recall_lines
from transforms.lake.call import Call, Done, Room, opened, write
from transforms.parties.parties import PARTIES
from transforms.pipeline import Stage, make_table, make_view

CROSSING = Stage(
    name="contexts",
    folder=FOLDER / "parts",
    reads=("current_lines", "aes_states"),
    leaves=("crossing_facts",),
)
GIVEN = ("numbered_realms", "itn_use_facts", "order_value_facts", "aes_state_facts")
"""The steps of contexts that are handed to a part, of what crosses parts."""
LINES = "from current_lines"
USES = ("itn_marks", "ordered_lines", "named_parties", "realms")
"""What `map_uses` leaves."""


def recall_part(connection: duckdb.DuckDBPyConnection, call: Call) -> None:
    """Leave `current_lines` of the part, known at the moment of the call, as `recall` does of a home."""
    RECALL.make(connection, "recorded_lines", call.values)
    recall_lines(connection)


def map_uses(call: Call, room: Room) -> Done:
    """Tell what other parts need to know of a part: its ITNs, orders, parties, and how its USPPIs are known.

    Given are `conversions`, the rates of the moment.
    """
    with opened(call, room) as connection:
        recall_part(connection, call)
        for view in ("order_lines", "party_lines", "value_lines"):
            make_view(connection, view, LINES)
        queries = {
            "itn_marks": CROSSING.text("itn_marks"),
            "ordered_lines": ORDER_VALUE.text("ordered_lines"),
            "named_parties": PARTIES.text("named_parties"),
            "realms": SHIPMENT_VALUE.text("numbered_realms"),
        }
        return write(connection, call, queries)


def map_crossing(call: Call, room: Room) -> Done:
    """Tell which lines of a part go together with lines of others.

    Given are `conversions`, and what all parts told: `repeated_uses`, `asked_orders`.
    """
    with opened(call, room) as connection:
        recall_part(connection, call)
        return write(connection, call, {"crossing_lines": CROSSING.text("crossing_lines")})


def lay_crossing(connection: duckdb.DuckDBPyConnection, call: Call) -> None:
    """Leave what lines of other parts add to those of this one: the steps in GIVEN, and `aes_states`."""
    make_table(connection, "numbered_realms", "from realms_of_parts")
    for step in ("itn_use", "order_value", "aes_state"):
        make_table(connection, f"{step}_facts", _of_part(call, step))
    make_view(connection, "aes_states", "select line_id, value as aes_state from aes_state_facts")


def _of_part(call: Call, fact: str) -> str:
    return f"select line_id, fact, value from crossing_facts where fact = '{fact}' and {call.holds('month')}"

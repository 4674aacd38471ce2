"""The stages of a screening that are asked of one part, wherever that is: paths in, files out."""

from __future__ import annotations

from transforms.contexts.contexts import CONTEXTS, make_facts
from transforms.contexts.of_part import GIVEN, LINES, lay_crossing, recall_part
from transforms.find.find import COUNTS, count, find
from transforms.lake.call import Call, Done, Room, opened, write
from transforms.pipeline import give, make_view

TOLD = ("contexts", *COUNTS)
"""What `map_contexts` leaves."""


def map_contexts(call: Call, room: Room) -> Done:
    """Tell what other records add to the lines of a part, and count them by situation and by day.

    Given are the relations of `contexts.in_parts.BROADCAST`.
    """
    with opened(call, room) as connection:
        recall_part(connection, call)
        lay_crossing(connection, call)
        for scope in ("value_lines", "own_lines"):
            make_view(connection, scope, LINES)
        give(connection, "carried_facts")
        make_facts(connection, str(call.values["any_signal"]), GIVEN)
        CONTEXTS.make(connection, "placed_made", name="placed_lines")
        count(connection)
        return write(connection, call, {"contexts": "from context_facts", **{name: f"from {name}" for name in COUNTS}})


def map_found(call: Call, room: Room) -> Done:
    """Tell what the law, as decided, says of the lines of a part, where it is not clear.

    Given are the decision, `crossing_facts`, and `context_facts` of the part.
    """
    with opened(call, room) as connection:
        recall_part(connection, call)
        lay_crossing(connection, call)
        CONTEXTS.make(connection, "placed_made", name="placed_lines")
        find(connection)
        return write(connection, call, {"found": "from found"})

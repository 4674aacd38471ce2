"""Look up one name: which entries of the lists it may be, by the code that screens the parties of lines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from transforms.contexts.contexts import LISTED_PARTY
from transforms.decide.decide import deciding
from transforms.decide.families import PARTY
from transforms.parties.parties import find_parties
from transforms.pipeline import give
from transforms.rulebook.law import Law
from transforms.store import open_memory


def look_up(law: Law, name: str, country: str, address: str, on: date) -> list[dict[str, Any]] | None:
    """Return one row per entry that a party of this name may be, as end user of a line exported on a day.

    None where the name names no party, as TO ORDER: a line with it is undetermined. `standing` is `listed`, `possible`
    (on that day it may be on the list), or `not listed` on that day; `because` and `evidence` say in words what the
    entry is and what agrees.
    """
    line = {
        "line_id": 1, "end_user_name": name, "end_user_country": country, "end_user_address": address,
        **dict.fromkeys(_OTHERS, ""),
    }  # fmt: skip
    with open_memory() as connection:
        give(connection, "own_lines", pa.Table.from_pylist([line]))
        find_parties(connection, law.listed, "from own_lines")
        LISTED_PARTY.run(connection)
        if law.listed.files and connection.execute("from unnamed_parties").fetchall():
            return None
        told = connection.execute("select value from listed_party_facts").fetchall()
        if not told:
            return []
        situation = pa.table({"situation_key": pa.array([1], pa.uint64()), "listed_parties": [told[0][0]]})
    with deciding(situation, law) as decided:
        return PARTY.stage.read(decided, "looked_up", {"on": on})


_OTHERS = (
    "consignee_name", "consignee_country", "consignee_type", "consignee_address", "intermediate_consignee_name",
    "intermediate_country", "purchaser_name", "purchaser_country", "usppi_name", "forwarder_name",
)  # fmt: skip

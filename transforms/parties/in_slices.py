"""Match the parties of a long history to the lists: so many at a time, wherever that is."""

from __future__ import annotations

import duckdb

from transforms.lake.ask import Asking
from transforms.lake.call import Call, Done, Room, opened, write
from transforms.names.match import LISTED
from transforms.names.prepare import reader_of
from transforms.names.words import NameWords
from transforms.parties.parties import Matching, match_here, reading_of_names
from transforms.pipeline import make_table
from transforms.rulebook.listed import Listed

MATCHES = ("name_matches",)
AT_A_TIME = 20_000
"""So many parties are matched to the lists in one go: what is compared of a million would take gigabytes."""


def map_parties(call: Call, room: Room) -> Done:
    """Tell which entries of the lists the parties of a slice may be.

    Given are all `parties`, and what follows from the lists alone (`LISTED`).
    """
    words = call.values["words"]
    assert isinstance(words, NameWords)
    with opened(call, room) as connection:
        make_table(connection, "parties", "from parties_given where party_key % $slices = $slice_at", call.values)
        match_here(connection, words)
        done = write(connection, call, {"name_matches": "from name_matches"})
    reader_of.cache_clear()  # it keeps every word that it has read
    return done


def match_in_slices(asking: Asking, listed: Listed) -> Matching:
    """Return what leaves `name_matches` of `parties` by asking for slices of them."""

    def match(connection: duckdb.DuckDBPyConnection, words: NameWords) -> None:
        parties = {"parties_given": asking.made.give(connection, "parties", "from parties")}
        given = {name: asking.made.give(connection, name, f"from {name}") for name in LISTED}
        ((count,),) = connection.execute("select count(*) from parties").fetchall()
        slices = max(1, -(-count // AT_A_TIME))
        rests_on, values = [reading_of_names(listed)], {"words": words}
        files = asking.ask_slices(map_parties, MATCHES, slices, {**parties, **given}, values, rests_on)
        query = "from read_parquet($files::varchar[], hive_partitioning = false)"
        make_table(connection, "name_matches", query, {"files": [str(path) for path in files["name_matches"]]})

    return match

"""Which parties may be which listed entries: DuckDB finds the pairs of names worth comparing, rules decide each."""

from __future__ import annotations

from functools import lru_cache

import duckdb
import pyarrow as pa

from transforms.names.address import agree
from transforms.names.align import Meeting, meet
from transforms.names.bands import AGREES, MATCH, Listed, band_of
from transforms.names.prepare import LISTED, NAMES, SEPARATOR, prepare_listed, prepare_parties, reader_of, table_of
from transforms.names.reach import are_open, is_beyond, own_words, tells_nothing
from transforms.names.read import Word
from transforms.names.words import NameWords
from transforms.pipeline import give

__all__ = ["LISTED", "NAMES", "match_names", "prepare_listed", "prepare_parties"]
NEVER_SURE = frozenset({"weak-alias", "vessel-name"})
"""Rules after which an address that agrees does not make a match."""
_MET = pa.schema([("pair", pa.int64()), ("party_core", pa.string()), ("listed_core", pa.string())])
_MATCHES = pa.schema(
    [("party_key", pa.uint64()), ("entry_id", pa.string()), ("band", pa.string()), ("listed_name", pa.string()),
     ("part", pa.string()), ("met", pa.list_(pa.string())), ("unmet", pa.list_(pa.string())),
     ("extra", pa.list_(pa.string())), ("country_state", pa.string()), ("address_state", pa.string()),
     ("reason", pa.string())]
)  # fmt: skip
_ORDER = ("same-words", "squeezed", "person", "contained")
"""Rules in the order in which one is told where several names of an entry meet a party in one band."""


def match_names(connection: duckdb.DuckDBPyConnection, words: NameWords) -> None:
    """Leave `name_matches` of the relations that `prepare_listed` and `prepare_parties` left."""
    reader = reader_of(words)
    for step in ("word_pairs", "core_pairs"):
        NAMES.make(connection, step)
    pairs = connection.execute("from core_pairs order by all").fetchall()

    @lru_cache(maxsize=100_000)
    def read_core(core: str) -> tuple[list[Word], int]:
        words, _, squeezed = core.partition(SEPARATOR)
        return [reader.word(word) for word in words.split(" ")], len(squeezed)

    @lru_cache(maxsize=100_000)
    def is_common(listed_core: str) -> bool:
        return tells_nothing(read_core(listed_core)[0])

    @lru_cache(maxsize=1_000)
    def own_of(party_core: str) -> str:
        return " ".join(word.text for word in own_words(read_core(party_core)[0]))

    @lru_cache(maxsize=100_000)
    def left_open(listed_core: str, own: str) -> int:
        return are_open(read_core(listed_core)[0], [reader.word(one) for one in own.split()])

    kept: list[tuple[str, str]] = []
    meetings: list[tuple[Meeting, int]] = []
    for party_core, listed_core, is_squeezed in pairs:
        listed_words, letters = read_core(listed_core)
        party_words, _ = read_core(party_core)
        if is_common(listed_core) and not is_squeezed:
            own_open = left_open(listed_core, own_of(party_core))
            if is_beyond(listed_words, party_words, own_open):
                continue
        meeting = meet(listed_words, party_words, is_squeezed=False)
        if is_squeezed and not meeting.is_same:
            meeting = meet(listed_words, party_words, is_squeezed=True)
        if any(band_of(meeting, Listed(is_person=one), AGREES, letters) for one in (False, True)):
            kept.append((party_core, listed_core))
            meetings.append((meeting, letters))
    give(connection, "met_names", table_of([(at, *pair) for at, pair in enumerate(kept)], _MET))
    NAMES.make(connection, "name_pairs_met")
    _give_matches(connection, meetings)


def _give_matches(connection: duckdb.DuckDBPyConnection, meetings: list[tuple[Meeting, int]]) -> None:
    best: dict[tuple[int, str], tuple[tuple[object, ...], tuple[object, ...]]] = {}
    query = """
        select pair, party_key, entry_id, listed_name, if(is_split, part, '') as part, party_part_at, address,
            listed_address, country_state, is_alias, is_person, is_weak, is_acronym, has_form, is_thing
        from name_pairs_met
    """
    for row in connection.execute(query).fetchall():
        pair, party_key, entry_id, listed_name, part, at, address, listed_address, country, is_alias, *marks = row
        meeting, letters = meetings[pair]
        decided = band_of(meeting, Listed(*marks), country, letters)
        if decided is None:
            continue
        band, reason = decided
        is_there = agree(address, listed_address)
        if is_there and band != MATCH and reason not in NEVER_SURE:
            band, reason = MATCH, "address"
        rank = (
            band != MATCH, len(meeting.unmet) + len(meeting.extra) + meeting.typos + meeting.slips,
            _ORDER.index(reason) if reason in _ORDER else len(_ORDER), is_alias, listed_name, at, pair,
        )  # fmt: skip
        held = best.get((party_key, entry_id))
        if held is None or rank < held[0]:
            told = tuple([word.text for word in words] for words in (meeting.met, meeting.unmet, meeting.extra))
            best[party_key, entry_id] = rank, (
                party_key, entry_id, band, listed_name, part, *told, country,
                "agrees" if is_there else "says nothing", reason,
            )  # fmt: skip
    rows = [best[key][1] for key in sorted(best)]
    give(connection, "name_matches", table_of(rows, _MATCHES))

"""Parties and listed names as the matching of names takes them, and what it says of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from flows.settings import RULES
from transforms.names.match import match_names, prepare_listed, prepare_parties
from transforms.names.words import NameWords, read_name_words
from transforms.pipeline import give
from transforms.relations import declared
from transforms.store import open_memory

FACTS = Path(__file__).parents[3] / "shared" / "parties"
LISTS = ("listed_parties.csv", "treasury_lists.csv")
needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the lists of ../shared/parties are not here")
Match = dict[str, object]


@cache
def shipped_words() -> NameWords:
    words, faults = read_name_words(RULES / "tables")
    assert not faults
    return words


@cache
def all_listed() -> list[dict[str, object]]:
    """Return the names and aliases of the lists in ../shared/parties as rows of `listed_names`."""
    rows: list[dict[str, object]] = []
    for file in LISTS:
        with (FACTS / file).open(encoding="utf-8", newline="") as stream:
            for at, row in enumerate(csv.DictReader(stream)):
                names = [row["name"], *(alias for alias in row["aliases"].split("; ") if alias)]
                same = {
                    "entry_id": f"{row['list']} {at}", "type": row.get("type", "").lower(), "is_weak": False,
                    "countries": row["countries"].split(), "address": row.get("address") or None,
                }  # fmt: skip
                kinds = ["name", *["alias"] * (len(names) - 1)]
                rows += [same | {"listed_name": name, "kind": kind} for name, kind in zip(names, kinds, strict=True)]
    return rows


def listed(*entries: tuple[str, ...], type: str = "", is_weak: bool = False) -> list[dict[str, object]]:
    """Rows of `listed_names`: of each entry its name and its countries, and the entry is named as it."""
    return [
        {"entry_id": name, "listed_name": name, "kind": "name", "type": type, "is_weak": is_weak,
         "countries": list(countries), "address": None}
        for name, *countries in entries
    ]  # fmt: skip


def give_listed(connection: duckdb.DuckDBPyConnection, rows: Sequence[dict[str, object]]) -> None:
    types = {"is_weak": pa.bool_(), "countries": pa.list_(pa.string())}
    schema = pa.schema([(name, types.get(name, pa.string())) for name in declared("listed_names").types])
    give(connection, "listed_names", pa.Table.from_pylist(list(rows), schema=schema))


def give_parties(connection: duckdb.DuckDBPyConnection, parties: Iterable[tuple[str | None, ...]]) -> None:
    """Hand over parties by name, country and address, numbered from 0."""
    rows = [(*party, None, None)[:3] for party in parties]
    columns = {name: [row[at] for row in rows] for at, name in enumerate(("name", "country", "address"))}
    given = {"party_key": pa.array(range(len(rows)), pa.uint64())}
    give(connection, "parties", pa.table(given | {name: pa.array(one, pa.string()) for name, one in columns.items()}))


def prepared(rows: Sequence[dict[str, object]]) -> duckdb.DuckDBPyConnection:
    connection = open_memory()
    give_listed(connection, rows)
    prepare_listed(connection, shipped_words())
    return connection


def matched(connection: duckdb.DuckDBPyConnection, parties: Iterable[tuple[str | None, ...]]) -> list[Match]:
    """Return the rows of `name_matches` of these parties."""
    give_parties(connection, parties)
    prepare_parties(connection, shipped_words())
    match_names(connection, shipped_words())
    return connection.sql("from name_matches").to_arrow_table().to_pylist()


def band(name: str, country: str | None, rows: Sequence[dict[str, object]]) -> tuple[object, object] | None:
    """Return band and reason of one party against the rows of one list; None where it is not shown."""
    found = matched(prepared(rows), [(name, country)])
    return (found[0]["band"], found[0]["reason"]) if found else None

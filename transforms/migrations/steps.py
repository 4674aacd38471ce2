"""Every change of the stored schema since schema 4, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from transforms.migrations import (
    m005_what_is_derived,
    m006_codes,
    m007_sentences,
    m008_currencies,
    m009_what_is_seen,
    m010_left_out,
    m011_item_facts,
    m012_orders,
    m013_parties,
)


@dataclass(frozen=True)
class Migration:
    """One change of the stored schema."""

    to_schema: int
    migrate: Callable[[duckdb.DuckDBPyConnection, Path], None]
    """Makes it, in a transaction of the caller; the folder is that of the home. What is derived is made anew after."""
    changes: frozenset[str] = frozenset()
    """The recorded columns, as `table.column`, that it means to change: all others must come out as they were."""


MIGRATIONS = (
    Migration(5, m005_what_is_derived.migrate),
    Migration(6, m006_codes.migrate, frozenset({"quarantine.problems", "batches.door"})),
    Migration(7, m007_sentences.migrate),
    Migration(8, m008_currencies.migrate),
    Migration(9, m009_what_is_seen.migrate),
    Migration(10, m010_left_out.migrate),
    Migration(11, m011_item_facts.migrate),
    Migration(12, m012_orders.migrate),
    Migration(13, m013_parties.migrate),
)

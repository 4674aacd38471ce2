"""What a declaration of a relation says: its columns, its key, where it lives, and who makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from transforms.errors import Fault

UPSTREAM = (
    "store", "rulebook", "layouts", "situations", "cells", "ingest", "lake", "quarantine", "retention", "match",
    "names", "parties", "contexts", "decide", "find", "compare", "look", "screening", "ledger", "impact", "reports",
    "migrations",
)  # fmt: skip
"""The packages in the order of a line's way: what one makes, it and those after it may read. `store` keeps the file."""
LIVES = {
    "home": "Tables of a home: earshot.duckdb",
    "report": "Parquet files in the folders of reports/",
    "run": "Temporary tables of one command",
    "decision": "The compiled rulebook, and the outcomes decided under it",
}
"""Where a relation can be found; a person can query the first two."""


@dataclass(frozen=True)
class Column:
    """A column: its DuckDB type, and what it means to whoever queries it."""

    type: str
    meaning: str


@dataclass(frozen=True)
class Relation:
    """A relation as it is declared."""

    name: str
    row: str
    """What a row is: "one ..."."""
    made_by: str
    """The package that makes it."""
    lives: str
    """One of LIVES."""
    key: tuple[str, ...]
    """What tells its rows apart; empty where rows may be alike."""
    partition: str
    """By what it can be cut into parts: a column of days (`month of export_on`), a key, or `whole`."""
    columns: Mapping[str, Column]
    example: str
    """A query that shows what it is good for: against the database of a home, or from within the folder of a run. Empty
    for what nobody can query from outside."""

    @property
    def types(self) -> dict[str, str]:
        """The DuckDB type of each column, by name."""
        return {name: column.type for name, column in self.columns.items()}


class FaultyDeclaration(ValueError):
    """Declarations that cannot be read; `faults` are all of them, those of what a declaration refers to among them."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def spelled(types: Mapping[str, str]) -> str:
    """Return columns with their types as SQL writes them."""
    return ", ".join(f"{name} {type}" for name, type in types.items())

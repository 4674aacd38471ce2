"""The contract between packages: every relation that more than one of them reads, declared once.

One short YAML per relation: what a row is, its key, its columns with type and meaning, its partition, and which package
makes it. Tests hold the SQL to it (`tests/unit/test_relations.py`), and `earshot schema` shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from transforms.content import read_yaml

FOLDER = Path(__file__).parent


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
    """`home`: a table of the database; `run`: while a screening or a question lasts; `decision`: in the connection in
    which the law is decided; `report`: a Parquet file of a run's folder."""
    key: tuple[str, ...]
    """What tells its rows apart; empty where rows may be alike."""
    partition: str
    """By what it can be cut into parts: a column of days (`month of export_on`), a key, or `whole`."""
    columns: Mapping[str, Column]
    example: str
    """A query that shows what it is good for; empty for what only lives while a screening lasts."""


@cache
def declared(name: str) -> Relation:
    """Return the declaration of a relation; raise KeyError where it is not declared, ValueError where it is faulty."""
    path = FOLDER / f"{name}.yml"
    if not path.is_file():
        raise KeyError(f"{name}: not declared in {FOLDER.name}/")
    written, faults = read_yaml(path, f"{FOLDER.name}/{path.name}")
    if faults:
        raise ValueError("; ".join(str(fault) for fault in faults))
    return _relation(name, written)


def all_declared() -> dict[str, Relation]:
    """Return every relation, by name."""
    return {path.stem: declared(path.stem) for path in sorted(FOLDER.glob("*.yml"))}


def _relation(name: str, written: dict[str, Any]) -> Relation:
    allowed = {"row", "made_by", "lives", "key", "partition", "like", "without", "columns", "example"}
    if unknown := set(written) - allowed:
        raise ValueError(f"{FOLDER.name}/{name}.yml: {sorted(unknown)}: unknown (allowed: {sorted(allowed)})")
    columns: dict[str, Column] = {}
    if "like" in written:  # the columns of another relation, but for some, and then its own
        columns |= declared(written["like"]).columns
        for gone in written.get("without") or ():
            del columns[gone]
    columns |= {key: Column(one["type"], one["meaning"]) for key, one in (written.get("columns") or {}).items()}
    return Relation(
        name, written["row"], written["made_by"], written["lives"], tuple(written.get("key") or ()),
        written.get("partition") or "whole", columns, written.get("example") or "",
    )  # fmt: skip

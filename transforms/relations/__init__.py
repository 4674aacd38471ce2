"""The contract between packages: every relation that more than one of them reads, declared once.

One short YAML per relation: what a row is, its key, its columns with type and meaning, its partition, and which package
makes it. Tests hold the SQL to it (`tests/unit/test_relations.py`), and `earshot schema` shows it.

What a column means is written once. The canonical columns of the extracts take it from `kinds.py` (`record: lines`);
other columns may take type and meaning from a column of another relation (`itn: {as: lines}`, or `{as: lines/itn}`
where it has another name there), and say otherwise what differs. Facts are declared in `facts.yml`: `{facts: line}`
stands for the columns of all that the line tells, `records` of what other records add, `subject` of the rest. A Parquet
file is declared under its own name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from transforms.content import read_yaml
from transforms.facts import facts_by
from transforms.kinds import KINDS

FOLDER = Path(__file__).parent
UPSTREAM = (
    "store", "rulebook", "layouts", "situations", "ingest", "quarantine", "retention", "match", "contexts",
    "decide", "find", "compare", "screening", "ledger", "impact", "reports", "migrations",
)  # fmt: skip
"""The packages in the order of a line's way: what one makes, it and those after it may read. `store` keeps the file."""
LIVES = {
    "home": "Tables of a home: earshot.duckdb",
    "report": "Parquet files in the folders of reports/",
    "run": "While a screening or a question lasts",
    "decision": "Where the law is decided: the compiled rulebook, and what is made of it",
}
"""Where a relation can be found; a person can query the first two."""
_FIELDS = ("row", "made_by", "lives", "key", "partition", "like", "without", "record", "columns", "example")
_SOURCE = "The source that recorded it, by the name that its layout gives it"


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


def by_lives() -> dict[str, list[Relation]]:
    """Return the relations by where they live, in the order of LIVES."""
    return {lives: [one for one in all_declared().values() if one.lives == lives] for lives in LIVES}


def spelled(types: Mapping[str, str]) -> str:
    """Return columns with their types as SQL writes them."""
    return ", ".join(f"{name} {type}" for name, type in types.items())


def _relation(name: str, written: dict[str, Any]) -> Relation:
    _refuse_unknown(f"{FOLDER.name}/{name}.yml", written, _FIELDS)
    columns: dict[str, Column] = {}
    if "like" in written:  # the columns of another relation, but for some, and then its own
        columns |= declared(written["like"]).columns
        for gone in written.get("without") or ():
            del columns[gone]
    if "record" in written:
        columns |= _record_columns(written["record"])
    for column, one in (written.get("columns") or {}).items():
        if "facts" in one:
            for told, fact in _facts(column, one).items():
                columns.setdefault(told, fact)
        else:
            columns[column] = _column(f"{FOLDER.name}/{name}.yml: {column}", column, one)
    return Relation(
        name, written["row"], written["made_by"], written["lives"], tuple(written.get("key") or ()),
        written.get("partition") or "whole", columns, written.get("example") or "",
    )  # fmt: skip


def _record_columns(kind: str) -> dict[str, Column]:
    """The source, and the canonical columns of a kind of extract, with the values that they may have."""
    found = {"source": Column("VARCHAR", _SOURCE)}
    for one in KINDS[kind].columns:
        allowed = f" ({', '.join(one.allowed)})" if one.allowed else ""
        found[one.name] = Column(one.sql_type, one.meaning + allowed)
    return found


def _facts(column: str, written: dict[str, Any]) -> dict[str, Column]:
    """A column for each fact; or one column of all of them, where its meaning is told."""
    _refuse_unknown(column, written, ("facts", "meaning"))
    facts = facts_by(written["facts"])
    if "meaning" in written:
        inside = ", ".join(f"{name} {fact.type}" for name, fact in facts.items())
        return {column: Column(f"STRUCT({inside})", written["meaning"])}
    return {name: Column(fact.type, fact.meaning) for name, fact in facts.items()}


def _column(place: str, name: str, written: dict[str, Any]) -> Column:
    _refuse_unknown(place, written, ("as", "type", "meaning"))
    if "as" in written:
        relation, _, other = written["as"].partition("/")
        same = declared(relation).columns[other or name]
        return Column(written.get("type") or same.type, written.get("meaning") or same.meaning)
    if not (written.get("type") and written.get("meaning")):
        raise ValueError(f"{place}: a column needs its type and its meaning, or `as` the relation that has them")
    return Column(written["type"], written["meaning"])


def _refuse_unknown(place: str, written: dict[str, Any], allowed: tuple[str, ...]) -> None:
    if unknown := set(written) - set(allowed):
        raise ValueError(f"{place}: {', '.join(sorted(unknown))}: unknown (allowed: {', '.join(allowed)})")

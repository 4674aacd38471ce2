"""The contract between packages: every relation that more than one of them reads, declared once.

One short YAML per relation: what a row is, its key, its columns with type and meaning, its partition, and which package
makes it. Tests hold the SQL to it (`tests/unit/test_relations.py`), and `earshot schema` shows it.

What a column means is written once. The canonical columns of the extracts take it from `kinds.py` (`record: lines`);
other columns may take type and meaning from a column of another relation (`itn: {as: lines}`, or `{as: lines/itn}`
where it has another name there), and say otherwise what differs. A Parquet file is declared under its own name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from transforms.content import read_yaml
from transforms.errors import Fault
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
_SCALARS = (
    "BIGINT", "BOOLEAN", "DATE", "DOUBLE", "HUGEINT", "INTEGER", "SMALLINT", "TIMESTAMP", "TINYINT", "UBIGINT",
    "UINTEGER", "VARCHAR",
)  # fmt: skip
_SCALAR = rf"(?:{'|'.join(_SCALARS)}|DECIMAL\(\d+,\d+\))(?:\[\])*"
_TYPE = re.compile(
    rf"{_SCALAR}|MAP\({_SCALAR}, {_SCALAR}\)(?:\[\])*|STRUCT\(\w+ {_SCALAR}(?:, \w+ {_SCALAR})*\)(?:\[\])*"
)
_BEING_READ: ContextVar[tuple[str, ...]] = ContextVar("being_read", default=())
"""The declarations that wait for the one that is being read, to tell a circle."""
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


class FaultyDeclaration(ValueError):
    """Declarations that cannot be read; `faults` are all of them, those of what a declaration refers to among them."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@cache
def declared(name: str) -> Relation:
    """Return the declaration of a relation; raise KeyError where it is not declared, FaultyDeclaration where faulty."""
    path = FOLDER / f"{name}.yml"
    if not path.is_file():
        raise KeyError(f"{name}: not declared in {FOLDER.name}/")
    written, faults = read_yaml(path, f"{FOLDER.name}/{path.name}")
    if faults:
        raise FaultyDeclaration(faults)
    token = _BEING_READ.set((*_BEING_READ.get(), name))
    try:
        return _Reading(name, f"{FOLDER.name}/{path.name}").relation(written)
    finally:
        _BEING_READ.reset(token)


def all_declared() -> dict[str, Relation]:
    """Return every relation, by name; raise FaultyDeclaration with every fault of every file."""
    found, faults = {}, []
    for path in sorted(FOLDER.glob("*.yml")):
        try:
            found[path.stem] = declared(path.stem)
        except FaultyDeclaration as error:
            faults += error.faults
    if faults:
        raise FaultyDeclaration(faults)
    return found


def by_lives() -> dict[str, list[Relation]]:
    """Return the relations by where they live, in the order of LIVES."""
    return {lives: [one for one in all_declared().values() if one.lives == lives] for lives in LIVES}


class _Reading:
    """One file being read: what is wrong with it is gathered, and told at its end."""

    def __init__(self, name: str, file: str) -> None:
        self.name, self.file = name, file
        self.faults: list[Fault] = []

    def relation(self, written: Any) -> Relation:
        """Return what the file declares; raise FaultyDeclaration with all that is wrong with it."""
        if not isinstance(written, dict):
            raise FaultyDeclaration([Fault(self.file, "", "no mapping", f"the keys {', '.join(_FIELDS)}")])
        self._refuse_unknown("", written, _FIELDS)
        row = self._one_of("row", written.get("row"), ())
        made_by = self._one_of("made_by", written.get("made_by"), UPSTREAM)
        lives = self._one_of("lives", written.get("lives"), tuple(LIVES))
        columns = self._columns(written)
        key = tuple(written.get("key") or ())
        for column in key:
            if column not in columns:
                self._fault("key", f"{column!r} is no column of it", _near(column, columns))
        if self.faults:
            raise FaultyDeclaration(self.faults)
        return Relation(
            self.name, row, made_by, lives, key, written.get("partition") or "whole", columns,
            written.get("example") or "",
        )  # fmt: skip

    def _columns(self, written: dict[str, Any]) -> dict[str, Column]:
        """The columns of another relation, but for some, or those of a kind of extract; and then its own."""
        columns: dict[str, Column] = {}
        if "like" in written:
            columns |= self._other("like", written["like"])
            for gone in written.get("without") or ():
                if columns.pop(gone, None) is None:
                    self._fault("without", f"{gone!r} is no column of {written['like']}", _near(gone, columns))
        if "record" in written:
            columns |= _record_columns(self._one_of("record", written["record"], tuple(KINDS)))
        own = written.get("columns") or {}
        if not isinstance(own, dict):
            self._fault("columns", "no mapping", "column: {type, meaning}, or column: {as: relation}")
            return columns
        for name, one in own.items():
            columns[name] = self._column(name, one)
        return columns

    def _column(self, name: str, written: Any) -> Column:
        key = f"columns.{name}"
        told = written if isinstance(written, dict) else {}
        self._refuse_unknown(key, told, ("as", "type", "meaning"))
        same = Column("", "")
        if "as" in told:
            relation, _, other = str(told["as"]).partition("/")
            columns = self._other(f"{key}.as", relation)
            same = columns.get(other or name, same)
            if columns and not same.type:
                self._fault(f"{key}.as", f"{other or name!r} is no column of {relation}", _near(other or name, columns))
        elif not (told.get("type") and told.get("meaning")):
            self._fault(key, "a column needs its type and its meaning", "type and meaning, or `as` what has them")
        found = Column(told.get("type") or same.type, told.get("meaning") or same.meaning)
        if found.type and not _TYPE.fullmatch(found.type):
            allowed = f"{', '.join(_SCALARS)}, DECIMAL(18,4); lists, MAP and STRUCT of these"
            self._fault(f"{key}.type", f"{found.type!r} is no type that is known here", allowed)
        return found

    def _other(self, key: str, name: Any) -> Mapping[str, Column]:
        """The columns of another relation; none, and its faults, where it cannot be read."""
        waiting = _BEING_READ.get()
        if name in waiting:
            circle = " > ".join((*waiting[waiting.index(name) :], name))
            self._fault(key, f"refers to itself in a circle: {circle}", "a relation that does not rest on this one")
            return {}
        try:
            return declared(name).columns
        except KeyError:
            names = [path.stem for path in FOLDER.glob("*.yml")]
            self._fault(key, f"there is no relation {name!r}", _near(str(name), names, "a relation"))
        except FaultyDeclaration as error:
            self.faults += error.faults
        return {}

    def _one_of(self, key: str, value: Any, allowed: tuple[str, ...]) -> str:
        if not value or not isinstance(value, str):
            self._fault(key, "missing", ", ".join(allowed) or "a text: what a row is, as: one ...")
        elif allowed and value not in allowed:
            self._fault(key, f"{value!r} is not known", ", ".join(allowed))
        return str(value)

    def _refuse_unknown(self, key: str, written: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
        for unknown in sorted(set(written) - set(allowed)):
            self._fault(f"{key}.{unknown}" if key else unknown, "unknown key", ", ".join(allowed))

    def _fault(self, key: str, problem: str, allowed: str) -> None:
        self.faults.append(Fault(self.file, key, problem, allowed))


def _near(name: str, names: Any, what: str = "") -> str:
    """Return what is allowed in place of a name: the nearest ones, or all."""
    near = get_close_matches(name, list(names), n=3)
    return ", ".join(near or sorted(names)[:20]) if not what or near else f"{what} that has a file in {FOLDER.name}/"


def _record_columns(kind: str) -> dict[str, Column]:
    """The source, and the canonical columns of a kind of extract, with the values that they may have."""
    found = {"source": Column("VARCHAR", _SOURCE)}
    for one in KINDS[kind].columns if kind in KINDS else ():
        allowed = f" ({', '.join(one.allowed)})" if one.allowed else ""
        found[one.name] = Column(one.sql_type, one.meaning + allowed)
    return found

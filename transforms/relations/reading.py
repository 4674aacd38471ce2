"""Reading one declaration: all that is wrong with it is told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from transforms.errors import Fault
from transforms.facts import facts_by
from transforms.kinds import KINDS
from transforms.relations.model import LIVES, UPSTREAM, Column, FaultyDeclaration, Relation, spelled

_FIELDS = ("row", "made_by", "lives", "key", "partition", "like", "without", "record", "columns", "example")
_SCALARS = (
    "BIGINT", "BOOLEAN", "DATE", "DOUBLE", "HUGEINT", "INTEGER", "SMALLINT", "TIMESTAMP", "TINYINT", "UBIGINT",
    "UINTEGER", "VARCHAR",
)  # fmt: skip
_SCALAR = rf"(?:{'|'.join(_SCALARS)}|DECIMAL\(\d+,\d+\))(?:\[\])*"
_TYPE = re.compile(
    rf"{_SCALAR}|MAP\({_SCALAR}, {_SCALAR}\)(?:\[\])*|STRUCT\(\w+ {_SCALAR}(?:, \w+ {_SCALAR})*\)(?:\[\])*"
)
BEING_READ: ContextVar[tuple[str, ...]] = ContextVar("being_read", default=())
"""The declarations that wait for the one that is being read, to tell a circle."""
_SOURCE = "Data source of the record, as named in its layout"


class Reading:
    """One file being read: what is wrong with it is gathered, and told at its end."""

    def __init__(self, name: str, folder: Path, declared: Callable[[str], Relation]) -> None:
        self.name, self.folder, self.file = name, folder, f"{folder.name}/{name}.yml"
        self.declared = declared
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
                self._fault("key", f"{column!r} is not a column of it", _near(column, columns))
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
                    self._fault("without", f"{gone!r} is not a column of {written['like']}", _near(gone, columns))
        if "record" in written:
            columns |= _record_columns(self._one_of("record", written["record"], tuple(KINDS)))
        own = written.get("columns") or {}
        if not isinstance(own, dict):
            self._fault("columns", "no mapping", "column: {type, meaning}, or column: {as: relation}")
            return columns
        for name, one in own.items():
            if isinstance(one, dict) and "facts" in one:
                for fact, column in self._facts(name, one).items():
                    columns.setdefault(fact, column)
            else:
                columns[name] = self._column(name, one)
        return columns

    def _facts(self, name: str, written: dict[str, Any]) -> dict[str, Column]:
        """A column for each fact; or one column of all of them, where its meaning is told."""
        key = f"columns.{name}"
        self._refuse_unknown(key, written, ("facts", "meaning"))
        facts = facts_by(self._one_of(f"{key}.facts", written["facts"], ("line", "records", "subject")))
        if "meaning" in written:
            inside = spelled({fact.name: fact.type for fact in facts.values()})
            return {name: Column(f"STRUCT({inside})", written["meaning"])}
        return {fact.name: Column(fact.type, fact.meaning) for fact in facts.values()}

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
                problem = f"{other or name!r} is not a column of {relation}"
                self._fault(f"{key}.as", problem, _near(other or name, columns))
        elif not (told.get("type") and told.get("meaning")):
            self._fault(key, "a column needs its type and its meaning", "type and meaning, or `as` what has them")
        found = Column(told.get("type") or same.type, told.get("meaning") or same.meaning)
        if found.type and not _TYPE.fullmatch(found.type):
            allowed = f"{', '.join(_SCALARS)}, DECIMAL(18,4); lists, MAP and STRUCT of these"
            self._fault(f"{key}.type", f"{found.type!r} is not a known type", allowed)
        return found

    def _other(self, key: str, name: Any) -> Mapping[str, Column]:
        """The columns of another relation; none, and its faults, where it cannot be read."""
        waiting = BEING_READ.get()
        if name in waiting:
            circle = " > ".join((*waiting[waiting.index(name) :], name))
            self._fault(key, f"refers to itself in a circle: {circle}", "a relation that does not rest on this one")
            return {}
        try:
            return self.declared(name).columns
        except KeyError:
            names = [path.stem for path in self.folder.glob("*.yml")]
            allowed = f"a relation that has a file in {self.folder.name}/"
            self._fault(key, f"there is no relation {name!r}", _near(str(name), names, allowed))
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
    return ", ".join(near or sorted(names)[:20]) if not what or near else what


def _record_columns(kind: str) -> dict[str, Column]:
    """The source, and the canonical columns of a kind of extract, with the values that they may have."""
    found = {"source": Column("VARCHAR", _SOURCE)}
    for one in KINDS[kind].columns if kind in KINDS else ():
        allowed = f" ({', '.join(one.allowed)})" if one.allowed else ""
        found[one.name] = Column(one.sql_type, one.meaning + allowed)
    return found

"""The compiled law, kept between processes: it is compiled where it is asked for first, or what is kept is damaged."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from transforms.kept_parts import from_bytes, keep_parts, key_of, recall_parts, to_bytes
from transforms.rulebook.hashes import hash_files, parameter_files, rulebook_hashes
from transforms.rulebook.law import Law, arrow_of, table_names
from transforms.rulebook.listed import Listed, read_listed
from transforms.rulebook.rows import Row

if TYPE_CHECKING:
    from transforms.rulebook.model import Rulebook

_NAME, _ARROW, _DIGEST, _BESIDE, _TERMS = "law", "arrow/", "digest", "beside", "terms"
_HERE = Path(__file__).parent
_PLAIN = frozenset({str, int, bool, list, type(None)})
_TOLD: dict[str, tuple[type, Callable[[Any], Any]]] = {
    "date": (date, date.fromisoformat), "number": (Decimal, Decimal), "tuple": (tuple, tuple),
}  # fmt: skip
"""Types that JSON lacks, and how they are made of what it tells instead."""


def kept_law(folder: Path | None, rulebook: Rulebook) -> Law:
    """Return the law of a rulebook as it was read from its folder, from `folder` where it is kept there, else compiled.

    What was compiled is kept then. Without a folder nothing is; a folder that cannot be written to is no fault.
    """
    from transforms.rulebook.compile import compile_law  # it and all kinds of rules: only where nothing is kept

    hashes = rulebook_hashes(rulebook.root) if folder else None
    if hashes is None or hashes.whole != rulebook.hash:  # changed since it was read: what is kept may be of another one
        return compile_law(rulebook)
    if law := _recalled(folder, hashes.beside_lists, lambda _: rulebook.listed):
        return law
    law = compile_law(rulebook)
    if rulebook_hashes(rulebook.root) == hashes:  # the tables are read late: they may have changed meanwhile
        with suppress(TypeError):  # of a type that has no way to be kept
            keep_parts(folder, _NAME, _key(hashes.beside_lists), _parts_of(law))
    return law


def recall_law(folder: Path | None, root: Path, beside_lists: str) -> Law | None:
    """Return the law that is kept of a rulebook whose rules and tables have this hash; None where none is.

    Its lists are those that stand under `root` now.
    """

    def listed(countries: Collection[str]) -> Listed:
        return replace(read_listed(root, countries, is_checked=False)[0], made=folder)

    return _recalled(folder, beside_lists, listed)


def _recalled(folder: Path | None, beside_lists: str, listed: Callable[[Collection[str]], Listed]) -> Law | None:
    # a ruling or a newer list leaves the law as it is
    parts = recall_parts(folder, _NAME, _key(beside_lists)) if folder else None
    if parts is None or not {*table_names(), _DIGEST, _BESIDE} <= parts.keys():
        return None
    beside = json.loads(parts[_BESIDE])
    first_day = beside["first_day"] and date.fromisoformat(beside["first_day"])
    return Law.of_kept(_Kept(parts), parts[_DIGEST].decode(), listed(beside["countries"]), first_day)


def _key(beside_lists: str) -> str:
    return key_of([beside_lists], _code())


def kept_terms(folder: Path | None, root: Path, names: Sequence[str]) -> Mapping[str, Sequence[str | int]]:
    """Return, for each parameter of these names, all that it ever was under the rulebook at `root`.

    From `folder` where it is kept there, else as it is read, and kept then. Raises RulebookError with every fault of
    the parameters: what is kept had none.
    """
    key = key_of([hash_files(parameter_files(root)), *names], _code()) if folder else ""
    parts = recall_parts(folder, _TERMS, key)
    if parts is not None and _TERMS in parts:
        kept: dict[str, list[str | int]] = json.loads(parts[_TERMS])
        return kept
    from transforms.rulebook.read_parameters import known_parameters

    terms = known_parameters(root).terms(names)
    keep_parts(folder, _TERMS, key, {_TERMS: json.dumps(terms).encode()})
    return terms


class _Kept:
    """Tables that are kept, each read once it is asked for."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.names = frozenset(table_names())
        self._parts = parts

    @cached_property
    def arrow(self) -> dict[str, pa.Table]:
        found = {name: self._parts.get(_ARROW + name) for name in table_names()}
        return {name: from_bytes(content) for name, content in found.items() if content is not None}

    def rows(self, name: str) -> list[Row]:
        rows = unpacked(self._parts[name])
        if name in self.arrow:
            arrow_of(rows, self.arrow[name])
        return rows


def _parts_of(law: Law) -> dict[str, bytes]:
    parts = {name: packed(rows) for name, rows in law.tables().items()}
    parts |= {_ARROW + name: to_bytes(table) for name, table in law.arrow.items()}
    beside = {"first_day": law.first_day and str(law.first_day), "countries": sorted(law.listed.known_countries)}
    return parts | {_DIGEST: law.tables_digest.encode(), _BESIDE: json.dumps(beside).encode()}


def _code() -> Iterator[Path]:
    """Yield the files that say how a rulebook becomes a law: this package, and what it may import."""
    for folder, pattern in ((_HERE, "**/*.*"), (_HERE.parent, "*.*")):
        yield from (path for path in folder.glob(pattern) if path.suffix in (".py", ".sql", ".yml"))


def packed(rows: Sequence[Row]) -> bytes:
    """Return rows as JSON by column, those with the same columns together. Raises TypeError for any other type."""
    shapes: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        shapes.setdefault(tuple(row), []).append(row)
    at = {names: number for number, names in enumerate(shapes)}
    told = [[(name, *_told([row[name] for row in alike])) for name in names] for names, alike in shapes.items()]
    return json.dumps([told, [at[tuple(row)] for row in rows]]).encode()


def unpacked(content: bytes) -> list[Row]:
    """Return the rows of which `packed` made this."""
    told, order = json.loads(content)
    shapes = [_rows(shape) for shape in told]
    return [next(shapes[at]) if told[at] else {} for at in order]


def _rows(shape: list[tuple[str, str, list[Any]]]) -> Iterator[Row]:
    names, columns = [name for name, _, _ in shape], [_read(kind, values) for _, kind, values in shape]
    return (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))


def _told(values: list[Any]) -> tuple[str, list[Any]]:
    types = {type(value) for value in values}
    words = {type(word) for value in values if isinstance(value, list | tuple) for word in value}
    if types <= _PLAIN and words <= {str}:
        return "", values
    for kind, (of_python, _) in _TOLD.items():
        if types <= {of_python, type(None)} and words <= {str}:
            tell = list if kind == "tuple" else str
            return kind, [None if value is None else tell(value) for value in values]
    raise TypeError(f"no way to keep {types | words}")


def _read(kind: str, values: list[Any]) -> list[object]:
    if not kind:
        return values
    read = _TOLD[kind][1]
    if kind == "tuple":
        return [None if value is None else read(value) for value in values]
    known = {value: None if value is None else read(value) for value in set(values)}
    return [known[value] for value in values]

"""What every relation looked like when the runner made it: for tests that hold the inner ones to their declarations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import duckdb

from tests.support.queried import repeated_keys, shape_of
from transforms.pipeline import Stage
from transforms.relations import all_declared


@dataclass
class Shapes:
    """The shapes of the relations that were made, by name, and the keys that were found twice in declared ones."""

    seen: dict[str, set[tuple[tuple[str, str], ...]]] = field(default_factory=lambda: defaultdict(set))
    repeated: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)

    def look_at(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Note a relation as it is now."""
        self.seen[name].add(tuple(shape_of(connection, name)))
        one = all_declared_once().get(name)
        if one is not None and (found := repeated_keys(connection, one, name)):
            self.repeated[name] = found


@contextmanager
def noted_shapes() -> Iterator[Shapes]:
    """Yield the shapes of all that stages make, or add to, within the block."""
    shapes = Shapes()
    make, add = Stage.make, Stage.add

    def making(stage: Stage, connection: Any, step: str, values: Any = None, name: str | None = None) -> int:
        rows = make(stage, connection, step, values, name)
        shapes.look_at(connection, name or step)
        return rows

    def adding(stage: Stage, connection: Any, step: str, relation: str, values: Any = None) -> int:
        rows = add(stage, connection, step, relation, values)
        shapes.look_at(connection, relation)
        return rows

    with mock.patch.object(Stage, "make", making), mock.patch.object(Stage, "add", adding):
        yield shapes


_declared: dict[str, Any] = {}


def all_declared_once() -> Mapping[str, Any]:
    """Return the declared relations; read once, as they are asked for each time that a relation is made."""
    if not _declared:
        _declared.update(all_declared())
    return _declared

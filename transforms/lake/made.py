"""What is made of a part, in a file named after all that it rests on: what is there already need not be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from transforms.lake.call import write_rows
from transforms.lake.parts import Part
from transforms.pipeline import read_rows

_DIGEST = "select count(*) as n, bit_xor(hash(t)) as x, sum(hash(t) >> 32)::varchar as s from ({}) as t"


@dataclass(frozen=True)
class Made:
    """The folder of such files. It may be deleted at any time: the next screening makes them anew."""

    folder: Path
    used: set[Path] = field(default_factory=set)
    """The files that were asked for so far."""
    new: set[Path] = field(default_factory=set)
    """Those of them that were not there."""

    def file(self, name: str, part: Part, rests_on: Sequence[object]) -> Path:
        """Return the file of a result of a part; where it is not there, it is to be made."""
        key = _hash([part.digest, *rests_on])
        return self._use(self.folder / f"{name}-{part.about}-{key}.parquet")

    def slice(self, name: str, at: int, rests_on: Sequence[object]) -> Path:
        """Return the file of a result of the slice `at` of something; where it is not there, it is to be made."""
        return self._use(self.folder / f"{name}-{at:04}-{_hash([at, *rests_on])}.parquet")

    def give(self, connection: duckdb.DuckDBPyConnection, name: str, query: str) -> Path:
        """Return the file of a relation that is handed to every part; where it is not there, it is made."""
        path = self._use(self.folder / f"given-{name}-{_hash(digest_of_rows(connection, query))}.parquet")
        if not path.exists():
            write_rows(connection, query, path)
        return path

    def tidy(self) -> None:
        """Delete the files that were not asked for: they rest on records or law of before."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path not in self.used:
                path.unlink(missing_ok=True)

    def _use(self, path: Path) -> Path:
        self.used.add(path)
        if not path.exists():
            self.new.add(path)
        return path


def digest_of_rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[object]:
    """Return a digest of the rows of a query, whatever their order."""
    return list(read_rows(connection, _DIGEST.format(query))[0].values())


def _hash(rests_on: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(list(rests_on), default=str).encode()).hexdigest()[:40]

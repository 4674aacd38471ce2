"""What is made of a part, in a file named after all that it rests on: what is there already need not be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from transforms.lake.parts import Part
from transforms.pipeline import read_rows
from transforms.sql_text import literal

_DIGEST = "select count(*) as n, bit_xor(hash(t)) as x, sum(hash(t) >> 32)::varchar as s from ({}) as t"


@dataclass(frozen=True)
class Made:
    """The folder of such files. It may be deleted at any time: the next screening makes them anew."""

    folder: Path
    used: set[Path] = field(default_factory=set)
    """The files that were asked for so far."""
    new: set[Path] = field(default_factory=set)
    """Those of them that were made now."""

    def file(
        self,
        connection: duckdb.DuckDBPyConnection,
        name: str,
        part: Part,
        rests_on: Sequence[object],
        make: str | Callable[[], str],
    ) -> Path:
        """Return the file of a result; where it is not there, it is made of the rows of a query: `make`,
        or what `make` returns once it has made what that reads.

        A file appears whole or not at all, whoever is killed meanwhile.
        """
        key = hashlib.sha256(json.dumps([part.digest, *rests_on], default=str).encode()).hexdigest()
        path = self.folder / f"{name}-{part.first:%Y-%m}-{part.last:%m}-{key[:40]}.parquet"
        self.used.add(path)
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial")
            query = make if isinstance(make, str) else make()
            connection.execute(f"copy ({query}) to {literal(str(partial))} (format parquet, compression zstd)")
            partial.replace(path)
            self.new.add(path)
        return path

    def tidy(self) -> None:
        """Delete the files that were not asked for: they rest on records or law of before."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path not in self.used:
                path.unlink(missing_ok=True)


def digest_of_rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[object]:
    """Return a digest of the rows of a query, whatever their order."""
    return list(read_rows(connection, _DIGEST.format(query))[0].values())

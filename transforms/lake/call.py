"""One stage asked of one part, as a value that can be sent: what a loop, a pool of processes and a cluster run alike.

A stage of parts is a plain function, `map_...`: it takes a call and the room it has, opens a database of its own in
memory, lays the lines of the part and what it was given under the steps, and writes its results as files. What it is
asked for and what it leaves are paths; nothing else passes between it and the process that asks.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from transforms.derived import CANARY
from transforms.errors import EarshotError
from transforms.lake.parts import Part, Parts
from transforms.pipeline import make_view
from transforms.sql_text import literal
from transforms.store import CONFIG, load_common


@dataclass(frozen=True)
class Room:
    """What the database of one call may use."""

    spill: Path
    """The folder for what does not fit into memory; each call has one of its own in it."""
    memory: str = "300MB"
    threads: int | None = None
    """None for one per processor."""


@dataclass(frozen=True)
class Done:
    """What came of a call: the rows of each file that it wrote. `worker` names who made it."""

    rows: Mapping[str, int]
    worker: str


@dataclass(frozen=True)
class Call:
    """A stage, what it is asked of, and the files that it reads and leaves, by name."""

    stage: Callable[[Call, Room], Done]
    about: str
    """What it is asked of, for people."""
    out: Mapping[str, Path]
    """The results: a file that is there is as the call would make it."""
    given: Mapping[str, Path] = field(default_factory=dict)
    """The relations that hold for all parts."""
    values: Mapping[str, object] = field(default_factory=dict)
    made_by: tuple[str, str] = ("", "")
    """The version of DuckDB and the hashes that it makes, of who asks: a worker must have the same."""
    part: Part | None = None
    """The part whose lines it reads; None where it reads none."""

    @property
    def name(self) -> str:
        """The stage and what it is asked of, for people."""
        return f"{self.stage.__name__} of {self.about}"

    def holds(self, day: str) -> str:
        """Return in SQL that a day lies in the months of the part."""
        return self.part.holds(day) if self.part else "true"

    def run(self, room: Room) -> Done:
        """Make the results here and now."""
        return self.stage(self, room)


Work = Callable[[Sequence[Call]], None]
"""Who runs calls: when it returns, the results of all of them are there."""


def in_a_loop(room: Room) -> Work:
    """Return what runs calls in this process, one after the other."""

    def work(calls: Sequence[Call]) -> None:
        for call in calls:
            call.run(room)

    return work


def made_by(connection: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    """Return by what keys are made here: they pass between processes, so all of them must make the same."""
    ((canary,),) = connection.execute(CANARY).fetchall()
    return duckdb.__version__, str(canary)


@contextmanager
def opened(call: Call, room: Room) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a database in memory with the lines of the part as `lines`, and what was given as views.

    Raises EarshotError where it makes other hashes than that of who asks.
    """
    spill = room.spill / f"{socket.gethostname()}-{os.getpid()}"
    config = {**CONFIG, "memory_limit": room.memory, "temp_directory": str(spill)}
    if room.threads:
        config["threads"] = str(room.threads)
    try:
        with duckdb.connect(":memory:", config=config) as connection:
            load_common(connection)
            _refuse_other(connection, call)
            for name, path in call.given.items():
                make_view(connection, name, "from read_parquet($file, hive_partitioning = false)", {"file": str(path)})
            if call.part:
                Parts((call.part,)).lay(connection, call.part)
            yield connection
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def write(connection: duckdb.DuckDBPyConnection, call: Call, queries: Mapping[str, str]) -> Done:
    """Write the rows of each query to the file of its name, and return how many they are."""
    rows = {name: write_rows(connection, query, call.out[name]) for name, query in queries.items() if name in call.out}
    return Done(rows, f"{socket.gethostname()}:{os.getpid()}")


def write_rows(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> int:
    """Write the rows of a query to a file, and return how many they are.

    The file appears whole or not at all, whoever is killed meanwhile; and as its rows stand in an order of their own,
    it is the same bytes whoever makes it. Two processes may write it at once.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.stem}.{socket.gethostname()}-{os.getpid()}.partial")
    copy = f"copy (from ({query}) order by all) to {literal(str(partial))} (format parquet, compression zstd)"
    counted = connection.execute(copy).fetchone()
    partial.replace(path)
    return int(counted[0]) if counted else 0


def _refuse_other(connection: duckdb.DuckDBPyConnection, call: Call) -> None:
    here = made_by(connection)
    if call.made_by == here:
        return
    version, asked = here[0], call.made_by[0]
    what = f"has DuckDB {version}" if version != asked else f"has a DuckDB {version} that makes other hashes"
    raise EarshotError(
        f"The worker on {socket.gethostname()} (process {os.getpid()}) {what}; the process that screens has DuckDB"
        f" {asked}. Nothing was changed. Install the same version of Earshot and its lock on every worker, and screen"
        " again."
    )

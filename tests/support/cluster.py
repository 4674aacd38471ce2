"""Calls that go wrong on a worker: it is killed, is out of memory, or is of another version."""

from __future__ import annotations

import os
import signal
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from transforms.lake.call import Call, Done, Room, Work


def dies_once(call: Call, room: Room) -> Done:
    """Kill the process the first time, in the midst of the call; then do what is asked."""
    mark = Path(str(call.values["mark"]))
    if not mark.exists():
        mark.touch()
        for path in call.out.values():
            path.with_name(f"{path.stem}.half.partial").write_bytes(b"half of it")
        os.kill(os.getpid(), signal.SIGKILL)
    stage = call.values["stage"]
    assert callable(stage)
    done = stage(call, room)
    assert isinstance(done, Done)
    return done


def dies(call: Call, room: Room) -> Done:
    """Kill the process each time."""
    os.kill(os.getpid(), signal.SIGKILL)
    return Done({}, "")


def lacks_memory(call: Call, room: Room) -> Done:
    """Ask for more memory than there is."""
    raise duckdb.OutOfMemoryException("Out of Memory Error: could not allocate block")


def killing(work: Work, marks: Path, stages: Collection[str]) -> Work:
    """Return what runs calls by `work`, and kills a worker in the first call of each of these stages."""
    marks.mkdir()

    def run(calls: Sequence[Call]) -> None:
        first, *others = calls
        if first.stage.__name__ not in stages:
            work(calls)
            return
        mark = marks / first.stage.__name__
        values = {**first.values, "mark": str(mark), "stage": first.stage}
        work([replace(first, stage=dies_once, values=values), *others])

    return run

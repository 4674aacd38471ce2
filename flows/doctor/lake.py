"""The lake that the lines of a home are in: whether it is reached, and holds the commit that the home rests on."""

from __future__ import annotations

from collections.abc import Iterator

from flows.doctor.check import Check, fault, ok
from flows.lakes.open import open_lake
from flows.parts import read_pointer
from flows.settings import Home
from transforms.errors import EarshotError
from transforms.lake.commit import COMMITS

_TRIES = 1
"""How often a bucket is asked again: who looks for what is wrong does not want to wait."""


def look_at_lake(home: Home) -> Iterator[Check]:
    """Yield what is told of the lake, which is asked for its commits; nothing where the lines are in the database."""
    try:
        pointer = read_pointer(home)
        if pointer is None:
            return
        lake = open_lake(pointer.lake, home.fetched, _TRIES)
        commits = lake.list(COMMITS)
    except EarshotError as error:
        yield fault("lake-unreached", str(error), "")
        return
    said = f"{lake.address} is reached, with {len(commits):,} commits"
    if f"{COMMITS}/{pointer.commit:08}.json" in commits:
        yield ok("lake", f"{said}; the lines of this home are those of commit {pointer.commit:,}")
    else:
        yield fault(
            "lake-lost", f"{said}; commit {pointer.commit:,}, which has the lines of this home, is missing",
            "Restore the lake from your backup.",
        )  # fmt: skip

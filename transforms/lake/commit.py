"""The commits of a lake: each names every file that counts from then on. What no commit names is no part of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from transforms.errors import EarshotError, InputError
from transforms.lake.store import Store, TakenError, place_of

COMMITS = "commits"


@dataclass(frozen=True)
class Held:
    """A file that a commit names."""

    name: str
    """Where it lies in the lake."""
    kind: str
    """`lines`, `filings`, `table` (rows of another table of the home) or `file` (of the folder of the home)."""
    sha256: str
    rows: int | None = None
    """Of Parquet files."""
    month: date | None = None
    """The month of export of its rows, by its first day; None where they are of none."""
    of: str = ""
    """The table whose rows it holds, or the path of the file in the home."""


@dataclass(frozen=True)
class Commit:
    """What a lake holds."""

    number: int
    parent: str
    """The sha256 of the commit before it; empty of the first."""
    schema: int
    """Of the recorded columns."""
    hash_canary: str
    """What DuckDB's hash makes of known values: keys of lines are such hashes."""
    duckdb: str
    made_by: str
    """The version of Earshot."""
    last_batch: int
    """The last number that was given to a loaded file."""
    files: tuple[Held, ...] = field(default=())

    def of_kind(self, kind: str) -> list[Held]:
        """Return its files of a kind."""
        return [one for one in self.files if one.kind == kind]

    @property
    def name(self) -> str:
        """Where it lies in the lake."""
        return f"{COMMITS}/{self.number:08}.json"

    @property
    def content(self) -> bytes:
        """What stands in its file."""
        return (json.dumps(asdict(self), indent=1, default=str, ensure_ascii=False) + "\n").encode()


def last_commit(lake: Store) -> Commit | None:
    """Return what the lake holds now; None where nothing was ever committed."""
    names = lake.list(COMMITS)
    return read_commit(lake, names[-1]) if names else None


def all_commits(lake: Store) -> Iterator[Commit]:
    """Yield every commit, the first first."""
    for name in lake.list(COMMITS):
        yield read_commit(lake, name)


def require_commit(lake: Store) -> Commit:
    """Return what the lake holds now; raise InputError where it is none."""
    if (found := last_commit(lake)) is None:
        raise InputError(f"{lake.address}: no lake of Earshot. Make one of a home: earshot lake export {lake.address}")
    return found


def read_commit(lake: Store, name: str) -> Commit:
    """Return a commit; raise EarshotError where its file cannot be read."""
    path = lake.get(name)
    try:
        told: dict[str, Any] = json.loads(path.read_bytes())
        files = tuple(Held(**{**one, "month": _day(one["month"])}) for one in told.pop("files"))
        _refuse_outside(files)
        return Commit(**told, files=files)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise EarshotError(
            f"{place_of(lake, name)}: cannot be read ({error}). Nothing was changed. Restore it from your"
            " backup of the lake."
        ) from error


def _refuse_outside(files: Sequence[Held]) -> None:
    """Raise ValueError where a file is named that would not lie in the lake, or not in a home that is made of it."""
    for name in (path for one in files for path in (one.name, one.of)):
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise ValueError(f"it names {name}, which is outside")


def commit(lake: Store, new: Commit, before: Commit | None) -> None:
    """Have the lake hold what `new` names; raise InputError where another process committed since `before`."""
    parent = hash_of_commit(before) if before else ""
    if (new.number, new.parent) != (before.number + 1 if before else 1, parent):
        raise ValueError(f"commit {new.number} does not follow commit {before.number if before else 0}")
    try:
        lake.create(new.name, new.content)
    except TakenError as error:
        raise InputError(
            f"{place_of(lake, new.name)}: another process committed to this lake first. Nothing of it was changed, and"
            " nothing is lost: run the command again."
        ) from error


def hash_of_commit(one: Commit) -> str:
    """Return by what the commit after this one names it."""
    return hashlib.sha256(one.content).hexdigest()


def faults_of_chain(commits: Sequence[Commit]) -> list[str]:
    """Return where a commit is not the one that was made after the one before it."""
    faults = []
    for at, one in enumerate(commits):
        parent = hash_of_commit(commits[at - 1]) if at else ""
        if one.number != at + 1:
            faults.append(f"{one.name}: commit {at + 1} is missing")
            break
        if one.parent != parent:
            faults.append(f"{one.name}: was made after another commit than {commits[at - 1].name}")
    return faults


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

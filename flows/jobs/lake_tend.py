"""Tend a lake: bring a home up to it, make one file of a month, and delete what no commit needs any more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from flows.holder import hold
from flows.jobs.lake_load import move_to, moving, refuse_behind
from flows.jobs.lake_put import names_in, put_rows
from flows.lake_state import begin_move, finish_move, is_moving, own_records
from flows.lakes.open import Named, open_lake
from flows.parts import Pointer, commit_of, lake_of, read_pointer
from flows.settings import Home, now
from transforms.errors import InputError
from transforms.lake.commit import COMMITS, Commit, Held, all_commits, hash_of_commit, require_commit
from transforms.lake.cut import NO_MONTH, cut
from transforms.lake.parts import lay
from transforms.lake.store import Store, place_of
from transforms.lake.tables import IN_PARTS
from transforms.store import SCHEMA_VERSION, open_store

KEPT_COMMITS = 10
"""So many of the last commits keep their files."""
_GRACE = timedelta(days=1)
"""A file that was put less than this ago may be of a commit that is still to come."""


@dataclass(frozen=True)
class Tended:
    """What was done to a lake, or to a home on one."""

    lake: str
    commit: int
    """The commit that the home is at, or the last one of the lake."""
    changed: int
    """By an update, commits that the home was behind; by compaction, months; by cleaning, files deleted."""

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return dict(self.__dict__)


def update(home: Home) -> Tended:
    """Bring a home up to the last commit of its lake.

    Raises InputError where the home has records that its lake lacks, and the lake has others: nothing is changed then.
    """
    lake, pointer = _lake(home)
    with hold(home, "earshot lake update"), open_store(home.database) as connection:
        if is_moving(home):
            finish_move(home, connection)
            pointer = read_pointer(home) or pointer
        at, last = commit_of(home, pointer), require_commit(lake)
        if last.number == at.number:
            return Tended(lake.address, at.number, 0)
        if last.schema != SCHEMA_VERSION:
            raise InputError(
                f"{place_of(lake, last.name)}: written by Earshot {last.made_by} with schema {last.schema}. This"
                f" version reads lakes of schema {SCHEMA_VERSION}. Nothing was changed. Update it with that version."
            )
        if at.of_kind("table") != last.of_kind("table") and (own := own_records(home, connection)):
            raise InputError(
                f"{home.root}: has records that commit {at.number} of the lake {lake.address} lacks ({', '.join(own)}),"
                f" and another home has committed up to {last.number} since. Nothing was changed. To work on, make a"
                " home of the lake, and repeat there what this one recorded: earshot init --lake"
                f" {lake.address} --home NEW"
            )
        begin_move(home, Pointer(lake.address, last.number, hash_of_commit(last)))
        finish_move(home, connection)
    return Tended(lake.address, last.number, last.number - at.number)


def compact(home: Home, months: Sequence[str] = ()) -> Tended:
    """Make one file of each month of the lake of a home, or of those named as 2024-12, with what ended applied.

    Months that are one file already stay as they are. Raises InputError for a month that the lake does not have.
    """
    lake, pointer = _lake(home)
    with hold(home, "earshot lake compact"), TemporaryDirectory(prefix=".lake-", dir=home.state) as beside:
        if is_moving(home):
            with open_store(home.database) as connection:
                finish_move(home, connection)
            pointer = read_pointer(home) or pointer
        before = commit_of(home, pointer)
        refuse_behind(home, lake, before)
        wanted = _months(lake, before, months)
        new, done = list(before.files), set()
        for name in IN_PARTS:
            for month in wanted:
                held = [one for one in before.of_kind(name) if one.month == month]
                ended = [one for one in before.of_kind(f"closed_{name}") if one.month == month]
                if len(held) + len(ended) > 1:
                    made = _as_one(lake, name, held, ended, Path(beside), before)
                    new = [one for one in new if one not in held and one not in ended] + made
                    done.add(month)
        if done:
            files = tuple(sorted(new, key=lambda one: (one.name, one.of)))
            after = replace(before, number=before.number + 1, parent=hash_of_commit(before), files=files)
            with moving(home):
                move_to(home, lake, after, before)
    return Tended(lake.address, before.number + bool(done), len(done))


def clean(named: Named, keep: int = KEPT_COMMITS) -> Tended:
    """Delete the files of a lake that none of its last commits names, and that were put more than a day ago."""
    if keep < 1:
        raise InputError(f"--keep {keep}: must be 1 or more. The files of the last commit always stay.")
    deleted, since = 0, (now() - _GRACE).replace(tzinfo=UTC)
    with TemporaryDirectory(prefix="earshot-lake-") as beside:
        lake = open_lake(named, Path(beside))
        last = require_commit(lake)
        needed = {name for one in list(all_commits(lake))[-keep:] for name in names_in(one)}
        for name in lake.list(""):
            if name in needed or name.startswith(f"{COMMITS}/"):
                continue
            written_at = lake.written_at(name)
            if written_at is not None and written_at < since:
                lake.delete(name)
                deleted += 1
    return Tended(lake.address, last.number, deleted)


def _lake(home: Home) -> tuple[Store, Pointer]:
    home.require()
    pointer = read_pointer(home)
    if pointer is None:
        raise InputError(
            f"{home.root}: its lines are in its own database, not in a lake. To put them into one: earshot lake export"
            " LAKE"
        )
    return lake_of(home, pointer), pointer


def _months(lake: Store, held: Commit, named: Sequence[str]) -> list[date]:
    known = {one.month for kind in IN_PARTS for one in held.of_kind(kind) if one.month}
    if not named:
        return sorted(known)
    texts = {"none" if month == NO_MONTH else f"{month:%Y-%m}": month for month in known}
    if unknown := [one for one in named if one not in texts]:
        first, last = min(texts, default="none"), max((one for one in texts if one != "none"), default="none")
        raise InputError(
            f"{unknown[0]}: the lake {lake.address} has no such month. It has months from {first} to {last}."
            " Write a month like 2024-12."
        )
    return sorted(texts[one] for one in set(named))


def _as_one(
    lake: Store, name: str, held: Collection[Held], ended: Collection[Held], beside: Path, before: Commit
) -> list[Held]:
    files, closed = ([lake.get(one.name) for one in several] for several in (held, ended))
    with duckdb.connect() as connection:
        lay(connection, name, files, closed, name)
        return list(put_rows(cut(connection, name, beside, "one"), name, lake, names_in(before)))



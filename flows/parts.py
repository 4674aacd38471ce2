"""A home whose lines lie in a lake: where that is, and how they are laid under the stages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from transforms.errors import EarshotError, InputError

if TYPE_CHECKING:
    import duckdb

    from flows.lakes.open import Named
    from flows.settings import Home
    from transforms.compare.rules import Comparison
    from transforms.lake.commit import Commit
    from transforms.lake.parts import Parts
    from transforms.lake.store import Store
    from transforms.rulebook.law import Law
    from transforms.runs import RunFacts
    from transforms.screening.keep import Anew

MEMORY = "256MB"
"""What DuckDB may hold at once in such a home; what is more goes to the disk, into a folder beside the database."""


@dataclass(frozen=True)
class Pointer:
    """Where the lines of a home lie, and the commit of then."""

    lake: str
    commit: int
    sha256: str
    """Of that commit."""


def read_pointer(home: Home) -> Pointer | None:
    """Return where the lines of a home lie; None where they are in its database."""
    try:
        return Pointer(**json.loads(home.pointer.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise EarshotError(
            f"{home.pointer}: cannot be read ({error}). It says in which lake the lines of this home are. Restore it"
            " from your backup, or make the home again: earshot init --lake LAKE --home HOME"
        ) from error


def write_pointer(home: Home, pointer: Pointer) -> None:
    """Note where the lines of a home lie."""
    home.pointer.write_text(json.dumps(asdict(pointer), indent=2) + "\n", encoding="utf-8")


def is_own_lake(home: Home, named: Named) -> bool:
    """Return whether the lines of the home lie in this lake."""
    from flows.lakes.open import lasting_address

    pointer = read_pointer(home)
    return pointer is not None and pointer.lake == lasting_address(named)


def lake_of(home: Home, pointer: Pointer) -> Store:
    """Return the lake that a pointer names; what is fetched of a bucket goes into the home."""
    from flows.lakes.open import open_lake

    return open_lake(pointer.lake, home.fetched)


def refuse_on_lake(home: Home, command: str) -> None:
    """Raise InputError where the lines of the home lie in a lake, which this command cannot write to."""
    if pointer := read_pointer(home):
        raise InputError(
            f"{home.root}: its lines are in the lake {pointer.lake}, and {command} does not write to a lake. Nothing"
            " was changed. Have the lines in a home of its own, and run it there: earshot lake import {pointer.lake}"
            " --home NEW"
        )


def commit_of(home: Home, pointer: Pointer) -> Commit:
    """Return the commit of the lake that the records of a home are those of.

    Raises EarshotError where the lake does not hold it.
    """
    from transforms.lake.commit import COMMITS, hash_of_commit, read_commit
    from transforms.lake.store import place_of

    lake = lake_of(home, pointer)
    held = read_commit(lake, f"{COMMITS}/{pointer.commit:08}.json")
    if hash_of_commit(held) != pointer.sha256:
        lake.let_go(held.name)
        raise EarshotError(
            f"{place_of(lake, held.name)}: is another commit than the one that {home.root} was made of. Nothing was"
            " changed. Restore the lake from your backup."
        )
    return held


def parts_of(home: Home) -> Parts | None:
    """Return the parts that the lines of a home lie in; None where they are in its database.

    Of a lake in a bucket, the files that are not at hand yet are fetched. Raises EarshotError where the lake does not
    hold the commit that the home was made of, or cannot be asked for it.
    """
    pointer = read_pointer(home)
    if pointer is None:
        return None
    lake, held = lake_of(home, pointer), commit_of(home, pointer)
    return parts_of_commit(lake, held)


def parts_of_commit(lake: Store, held: Commit) -> Parts:
    """Return the parts that a commit of a lake names, their files at hand; raise EarshotError where one is lost."""
    from transforms.lake.parts import File, Parts
    from transforms.lake.store import LostError, get_all
    from transforms.lake.tables import KINDS_IN_PARTS
    from transforms.phases import phase

    of_kind = {kind: held.of_kind(kind) for kind in KINDS_IN_PARTS}
    try:
        with phase("fetch"):
            names = [one.name for several in of_kind.values() for one in several]
            paths = dict(zip(names, get_all(lake, names), strict=True))
    except LostError as error:
        raise EarshotError(
            f"{error} It is one of commit {held.number}. If other homes have committed since, bring this one up:"
            " earshot lake update"
        ) from error

    def of_months(kind: str) -> list[File]:
        return [File(paths[one.name], one.month, one.rows or 0, one.sha256) for one in of_kind[kind] if one.month]

    filings, closed = ([paths[one.name] for one in of_kind[kind]] for kind in ("filings", "closed_filings"))
    return Parts.of(of_months("lines"), filings, closed=of_months("closed_lines"), closed_filings=closed)


def _tidy_fetched(home: Home) -> None:
    """Delete what was fetched of a bucket, and is no part of the commit that the home rests on."""
    pointer = read_pointer(home)
    if pointer and home.fetched.is_dir():
        from flows.lakes.fetched import keep_only

        held = commit_of(home, pointer)
        keep_only(home.fetched, {held.name, *(one.name for one in held.files)})


def screen_lines(
    home: Home,
    connection: duckdb.DuckDBPyConnection,
    law: Law,
    run: RunFacts,
    reconciling: Sequence[Comparison],
    *,
    keep: bool = False,
) -> Anew | None:
    """Screen the lines of a home where they are: in its database at once, in a lake one part after the other.

    Returns how much was made anew, None where all of it was, or where a lake keeps it.
    """
    from transforms.screening.screen import screen

    parts = parts_of(home)
    if parts is None:
        return screen(connection, law, run, reconciling, keep=keep)
    from transforms.lake.made import Made
    from transforms.screening.in_parts import screen_in_parts

    made = Made(home.state / "parts")
    screen_in_parts(connection, law, run, parts, made, reconciling, keep=keep)
    if keep:
        made.tidy()
        _tidy_fetched(home)
    return None

"""The one way to a home's database: where an earlier version wrote it, it is taken over first, and that is told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import duckdb

from flows.damage import damage_of
from flows.holder import hold
from flows.lake_state import finish_move, is_moving
from flows.parts import MEMORY, parts_of, read_pointer
from flows.remains import refuse_lacking, why_not_new
from flows.settings import VERSION, Home, now
from transforms.derived import Terms
from transforms.errors import EarshotError, HomeBusy, HomeDamaged, HomeNewer, HomeOutdated
from transforms.facts import all_terms
from transforms.mirror.keep import keep
from transforms.phases import phase
from transforms.rulebook.keep import kept_terms
from transforms.store import open_store


@contextmanager
def opened(
    home: Home,
    command: str,
    *,
    read_only: bool = False,
    most_memory: str | None = None,
    is_proof: bool = False,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield the database of the home, as this version keeps it.

    Where it has to be taken over from an earlier version the home is held for that, also by who only reads. Raises
    HomeBusy where another process writes to it, HomeNewer where a newer version wrote it, and RulebookError where the
    parameters of the rulebook are at fault, by which facts are told. Where a home of an earlier version cannot be taken
    over now or here, the error says that it is one, and what to do. Raises HomeLost where the database is not that of
    the home any more, and HomeDamaged, which names the tables, where not all of it can be read; `is_proof` leaves it to
    the caller to tell of its journal. What is recorded is mirrored, by who writes. `most_memory` holds where the
    configuration has no engine.memory.
    """
    try:
        with _opened(home, command, read_only, most_memory, is_proof) as connection:
            yield connection
    except (duckdb.Error, HomeDamaged) as error:
        damage = damage_of(home, error)
        if damage is None:
            raise
        raise damage from error


@contextmanager
def _opened(
    home: Home, command: str, read_only: bool, most_memory: str | None, is_proof: bool
) -> Iterator[duckdb.DuckDBPyConnection]:
    terms = kept_terms(home.made, home.rules, all_terms())
    pointer = read_pointer(home)
    if pointer is not None:
        most_memory = most_memory or MEMORY
    most_memory, threads = home.config.value("engine.memory") or most_memory, home.config.value("engine.threads")
    with ExitStack() as stack:

        def store() -> duckdb.DuckDBPyConnection:
            kept = open_store(
                home.database, terms=terms, read_only=read_only, most_memory=most_memory, threads=threads,
                not_new=why_not_new(home),
            )  # fmt: skip
            return stack.enter_context(kept)

        if is_moving(home):  # a command was killed while it committed to a lake
            with hold(home, command), open_store(home.database) as connection:
                finish_move(home, connection)

        try:
            connection = store()
        except HomeNewer as error:
            raise HomeNewer(f"{error} (this is Earshot {VERSION})") from error
        except HomeOutdated as error:
            if pointer is not None:
                raise _outdated_lake(home, error) from error
            _take_over(home, command, terms, most_memory, error)
            connection = store()
        except EarshotError as error:
            raise _with_version(home, error) from error
        if home.is_being_built:
            yield connection
            return
        refuse_lacking(connection, home, is_proof=is_proof)
        parts = parts_of(home)  # as it is now that nobody else can write to the home
        if parts is not None:
            parts.lay(connection)
        if not read_only:
            with phase("mirror"):  # also what a run that was killed did not come to
                keep(connection, home.mirror)
        yield connection
        if not read_only:
            with phase("mirror"):
                keep(connection, home.mirror)


def _outdated_lake(home: Home, error: HomeOutdated) -> EarshotError:
    """Return the error for a home whose lines in a lake are not as this version, or its rulebook, reads them."""
    pointer = read_pointer(home)
    lake = pointer.lake if pointer else "LAKE"
    return EarshotError(
        f"{str(error).partition('. To upgrade')[0]}, and its lines are in the lake {lake}. Nothing was changed. To"
        f" upgrade them: earshot lake import {lake} --home NEW, then earshot lake export {lake} --home NEW, and make"
        " this home anew with: earshot init --lake"
    )


def _take_over(home: Home, command: str, terms: Terms, most_memory: str | None, outdated: HomeOutdated) -> None:
    from transforms.migrations.take_over import take_over

    try:
        with ExitStack() as held:
            try:
                held.enter_context(hold(home, command))
            except HomeBusy as error:
                raise HomeBusy(f"{outdated}. This cannot be done now: {error}", error.pid) from error
            except EarshotError as error:
                raise error.__cause__ if isinstance(error.__cause__, OSError) else error from None
            try:
                take_over(home.database, terms=terms, at=now(), by=VERSION, tell=_tell, most_memory=most_memory)
            except EarshotError as error:
                raise _with_version(home, error) from error
    except duckdb.Error as error:
        failed = f"{home.database}: the upgrade failed ({str(error).splitlines()[0]}). Nothing was changed."
        if damage := damage_of(home, error):
            raise HomeDamaged(f"{failed} {damage}", is_told=True) from error
        raise EarshotError(
            f"{failed} If the file is damaged, restore your backup, or move it away and run: earshot rebuild"
        ) from error
    except OSError as error:
        raise EarshotError(
            f"{outdated}. {_elsewhere(f'{error.filename or home.root}: {error.strerror or error}')}"
        ) from error


def _with_version(home: Home, error: EarshotError) -> EarshotError:
    """Return the error; where it keeps a home of an earlier version from being opened, one that says so.

    Who can read the database where another process has it open shares it with a reader: a writer lets nobody in.
    """
    if not isinstance(error.__cause__, duckdb.IOException):
        return error
    try:
        with open_store(home.database, read_only=True):
            return error
    except HomeOutdated as outdated:
        if not isinstance(error, HomeBusy):
            return EarshotError(f"{outdated}. {_elsewhere(str(error))}")
        who = f"process {error.pid}" if error.pid else "another process"
        return HomeBusy(
            f"{outdated}. This cannot be done now: {who} has the database open, for example in a SQL shell or a"
            " notebook. Close it there and run the command again. Nothing was changed.",
            error.pid,
        )
    except (EarshotError, duckdb.Error):
        return error


def _elsewhere(why: str) -> str:
    return (
        f"This cannot be done here ({why}). Nothing was changed. Run it where the home can be written and the disk has"
        " free space for a second copy of its database."
    )


def _tell(said: str) -> None:
    sys.stderr.write(f"{said}\n")

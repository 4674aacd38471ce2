"""Make a home of what a lake holds: whole, or with its lines left in the lake."""

from __future__ import annotations

import shutil

from flows.holder import hold
from flows.jobs.lake import Moved, moved, refuse_inside
from flows.lakes.open import Named, lasting_address, open_lake
from flows.opening import opened
from flows.parts import Pointer, parts_of_commit, write_pointer
from flows.settings import Home
from transforms.durable import sync_all
from transforms.errors import EarshotError, InputError
from transforms.lake.commit import Commit, hash_of_commit, require_commit
from transforms.lake.prove import faults_of_files
from transforms.lake.store import Store, place_of
from transforms.lake.tables import KINDS_IN_PARTS, make_home
from transforms.private import make_private
from transforms.store import SCHEMA_VERSION, connect


def import_home(named: Named, home: Home, *, leave_lines: bool = False) -> Moved:
    """Make a home of what a lake holds; raise InputError where there is something already in its place.

    With `leave_lines` its lines and filings stay in the lake, and are read there; of a bucket, they stay at hand in the
    home too. The home appears whole or not at all.
    """
    refuse_inside(home, named)
    if home.root.exists() and any(home.root.iterdir()):
        raise InputError(f"{home.root}: is there already. Nothing was changed. Name a folder that is not there yet.")
    partial = Home(home.root.with_name(f".{home.root.name}.import.partial"))
    shutil.rmtree(partial.root, ignore_errors=True)  # what an import that was killed left
    lake = open_lake(named, partial.fetched)
    try:
        held = _checked(lake)
        partial.create()
        _fill(lake, held, partial, leave_lines=leave_lines)
    except BaseException:
        shutil.rmtree(partial.root, ignore_errors=True)
        raise
    if home.root.exists():
        home.root.rmdir()
    partial.root.rename(home.root)
    with hold(home, "earshot lake import"), opened(home, "earshot lake import"):
        pass  # what this version derives otherwise is made anew
    return moved(lake, home, held, len(held.files))


def _checked(lake: Store) -> Commit:
    """Return the last commit of a lake of which every file is whole; else raise the error that says what to do."""
    held = require_commit(lake)
    if held.schema != SCHEMA_VERSION:
        raise InputError(
            f"{place_of(lake, held.name)}: written by Earshot {held.made_by} with schema {held.schema}. This version"
            f" reads lakes of schema {SCHEMA_VERSION}. Nothing was changed. Import it with that version; a later one"
            " upgrades the home that it makes."
        )
    if faults := list(faults_of_files(lake, held)):
        raise EarshotError("\n".join([f"{lake.address}: the lake is damaged. Nothing was imported:", *faults]))
    return held


def _fill(lake: Store, held: Commit, home: Home, *, leave_lines: bool) -> None:
    for one in held.of_kind("file"):
        target = home.root / one.of
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copyfile(lake.get(one.name), target)
    files = {one.of: lake.get(one.name) for one in held.of_kind("table")}
    with connect(home.database) as connection:
        make_home(connection, files, held.last_batch, None if leave_lines else parts_of_commit(lake, held))
    for one in held.files:
        if not (leave_lines and one.kind in KINDS_IN_PARTS):
            lake.let_go(one.name)
    if not leave_lines:
        shutil.rmtree(home.fetched, ignore_errors=True)
    else:
        write_pointer(home, Pointer(lasting_address(lake.address), held.number, hash_of_commit(held)))
    make_private(home.root)
    sync_all(home.root)

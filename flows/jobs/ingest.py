"""Take extracts up into a home."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from flows.holder import hold
from flows.jobs.clock import known_from as moment_of
from flows.opening import opened
from flows.settings import Home, now, user
from transforms.durable import sync
from transforms.errors import DoorStopped, EarshotError, InputError
from transforms.ingest.load import Loaded

MEMORY = "2GB"
"""What DuckDB may hold while it loads; it would keep what it has read and written as long as there is room."""
CONSERVATION = ("rows_in", "loaded", "duplicates", "restated", "quarantined")


def ingest_file(
    home: Home,
    path: Path,
    layout: str | None = None,
    known_from: datetime | None = None,
    *,
    again: bool = False,
    is_ours: bool = False,
    said: Mapping[str, str] | None = None,
    accept: str | None = None,
) -> Loaded:
    """Load one extract into the home and return what became of its rows; the file itself is left where it is.

    `again` reads a file anew whose bytes were loaded before; `is_ours` says that it will be taken out of the inbox;
    `said` is what the user says of its form: encoding, delimiter, decimal, sheet; `accept` is why a batch is let in
    that the door would stop.
    """
    from transforms.ingest.door.checks import read_checks
    from transforms.ingest.door.results import Acceptance
    from transforms.ingest.fit import fit_layout
    from transforms.ingest.forms import load_forms
    from transforms.ingest.load import load_extract
    from transforms.ingest.packed import unpacked
    from transforms.layouts.read import read_layouts
    from transforms.mirror.said import note_said
    from transforms.quarantine.sheet import restore_batches, write_batch

    home.require()
    if not path.is_file():
        raise InputError(f"{path}: the file does not exist.")
    layouts, checks = read_layouts(home.layouts), read_checks(home.door)
    accepted = None if accept is None else Acceptance(accept, user(), now())
    with (
        hold(home, "earshot ingest"),
        opened(home, "earshot ingest", most_memory=MEMORY) as connection,
        unpacked(path, home.landed) as file,
    ):
        found = fit_layout(file.content, layouts, layout, said)
        load_forms(connection, *home.tables)
        moment = known_from if home.is_being_built and known_from else moment_of(connection, known_from)
        try:
            loaded = load_extract(
                connection, file, found, landed=home.landed, checks=checks, known_from=moment, again=again,
                is_ours=is_ours, accepted=accepted,
            )  # fmt: skip
        except DoorStopped as error:
            options = {"home": str(home.root), "layout": layout or "", **(said or {})}
            words = [word for key, value in options.items() if value for word in (f"--{key}", value)]
            release = shlex.join(["earshot", "ingest", *words, str(path)])
            told = f"{error}\n  If the extract is right as received: {release} --accept 'WHY IT IS RIGHT'"
            raise DoorStopped(told, error.codes) from error
        if not home.is_being_built:
            note_said(home.mirror, loaded.sha256, said or {})
        write_batch(connection, loaded, home.quarantine, layouts)
        if loaded.is_known:  # a run killed right after it was loaded has not written them
            restore_batches(connection, loaded, home.quarantine, layouts)
    if not loaded.adds_up:
        raise EarshotError(f"{path.name}: the rows do not add up: {loaded.as_dict()}")
    return loaded


def take_from_inbox(home: Home, path: Path, known_from: datetime | None = None) -> Loaded:
    """Load one extract of the inbox, and take it out of the inbox once it is landed and loaded.

    What was landed is on the disk, not only on its way there, before the file in the inbox goes.
    """
    loaded = ingest_file(home, path, known_from=known_from, is_ours=True)
    for landed in home.landed.glob(f"{loaded.sha256[:16]}-*"):
        sync(landed)
    sync(home.landed)
    path.unlink()
    return loaded

"""Take extracts up into a home."""

from __future__ import annotations

import shlex
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.holder import hold
from flows.jobs.clock import known_from as moment_of
from flows.jobs.failed import by_name, one_file, reason_of
from flows.jobs.lake_load import lending
from flows.opening import opened
from flows.settings import Home, now, user
from flows.watch.job import tell_loaded, tell_refused
from transforms.durable import sync
from transforms.errors import DoorStopped, EarshotError, HomeBusy, HomeDamaged, HomeLost, InputError
from transforms.ingest.load import Loaded
from transforms.ingest.named import plain_name
from transforms.phases import phase
from transforms.visible import plain_text

MEMORY = "2GB"
"""What DuckDB may hold while it loads; it would keep what it has read and written as long as there is room."""
CONSERVATION = ("rows_in", "loaded", "duplicates", "restated", "quarantined", "left_out")


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
    lookups: Sequence[str] = (),
) -> Loaded:
    """Load one extract into the home and return what became of its rows; the file itself is left where it is.

    `again` reads a file anew whose bytes were loaded before; `is_ours` says that it will be taken out of the inbox;
    `said` is what the user says of its form: encoding, delimiter, decimal, sheet; `accept` is why a batch is let in
    that the door would stop; `lookups` are the tables in which its cells were looked up, where it is loaded as it was.
    The file is told and kept under its plain name.
    """
    from transforms.cells.packed import unpacked
    from transforms.ingest.door.checks import read_checks
    from transforms.ingest.door.results import Acceptance
    from transforms.ingest.fit import fit_layout
    from transforms.ingest.forms import load_forms
    from transforms.ingest.load import load_extract
    from transforms.ingest.named import plainly_named
    from transforms.layouts.read import read_layouts
    from transforms.mirror.said import note_said
    from transforms.mirror.tables import as_looked_up, note_tables
    from transforms.quarantine.sheet import restore_batches, write_batch

    home.require()
    require_file(path)
    layouts = as_looked_up(read_layouts(home.layouts), lookups, home.mirror)
    checks = read_checks(home.door, home.config.value("door.limits"))
    accepted = None if accept is None else Acceptance(accept, user(), now())
    with (
        phase("file", path.stat().st_size, "bytes", title=path.name),
        hold(home, "earshot ingest"),
        opened(home, "earshot ingest", most_memory=MEMORY) as connection,
        plainly_named(path, home.landed) as named,
        unpacked(named, home.landed) as file,
    ):
        with phase("fit"):
            found = fit_layout(file.source, layouts, layout, said)
        load_forms(connection, *home.tables)
        moment = known_from if home.is_being_built and known_from else moment_of(connection, known_from)
        try:
            with lending(home, connection) as lake:
                loaded = load_extract(
                    connection, file, found, landed=home.landed, checks=checks, known_from=moment, again=again,
                    is_ours=is_ours, accepted=accepted, lake=lake,
                )  # fmt: skip
        except DoorStopped as error:
            options = {"home": str(home.root), "layout": layout or "", **(said or {})}
            words = [word for key, value in options.items() if value for word in (f"--{key}", value)]
            release = shlex.join(["earshot", "ingest", *words, "--", str(path.with_name(named.name))])
            told = f"{error}\n  If the extract is right as received: {release} --accept 'WHY IT IS RIGHT'"
            raise DoorStopped(told, error.codes) from error
        if not home.is_being_built:
            note_said(home.mirror, loaded.sha256, said or {})
            note_tables(home.mirror, found.layout)
        try:
            write_batch(connection, loaded, home.quarantine, layouts)
            if loaded.is_known:  # a run killed right after it was loaded has not written them
                restore_batches(connection, loaded, home.quarantine, layouts)
        except OSError as error:
            raise EarshotError(
                f"{named.name}: loaded, but its quarantined rows could not be written ({reason_of(error)}). Correct"
                " that and load the file again: its rows are not loaded twice."
            ) from error
    if not loaded.adds_up:
        raise EarshotError(f"{loaded.file_name}: the rows do not add up: {loaded.as_dict()}")
    tell_loaded(loaded)
    return loaded


def ingest_files(home: Home, paths: Sequence[Path], *words: Any, **options: Any) -> tuple[list[Loaded], dict[str, str]]:
    """Load extracts one after the other, each as `ingest_file` does; return those loaded, and why others are not.

    A file that fails, for whatever reason, keeps no other from being loaded. Of a single file its error is raised.
    """
    loaded, refused = [], []
    with phase("files", bytes_of(paths), "bytes"):
        for path in paths:
            try:
                with one_file(path):
                    loaded.append(ingest_file(home, path, *words, **options))
            except (HomeBusy, HomeDamaged, HomeLost):  # no fault of the file
                raise
            except EarshotError as error:
                tell_refused(error)
                if len(paths) == 1:
                    raise
                refused.append((plain_name(path.name), str(error)))
    return loaded, by_name(refused)


def take_from_inbox(home: Home, path: Path, known_from: datetime | None = None) -> Loaded:
    """Load one extract of the inbox, and take it out of the inbox once it is landed and loaded.

    What was landed is on the disk, not only on its way there, before the file in the inbox goes.
    """
    with one_file(path):
        if path.is_symlink():  # put in place of the file since the inbox was looked into
            raise InputError(f"{plain_name(path.name)}: a link to another file, which is not followed.")
        loaded = ingest_file(home, path, known_from=known_from, is_ours=True)
        try:
            for landed in home.landed.glob(f"{loaded.sha256[:16]}-*"):
                sync(landed)
            sync(home.landed)
            path.unlink(missing_ok=True)
        except OSError as error:
            raise EarshotError(
                f"{loaded.file_name}: loaded, but it could not be taken out of the inbox ({reason_of(error)}). Move it"
                " out of the inbox. Its rows are not loaded twice."
            ) from error
    return loaded


def bytes_of(paths: Sequence[Path]) -> int:
    """Return the size of files; of what cannot be looked at it is not known."""
    size = 0
    for path in paths:
        with suppress(OSError, ValueError):
            size += path.stat().st_size
    return size


def require_file(path: Path) -> None:
    """Raise InputError unless `path` is a file, or leads to one; a pipe or a device would be read without an end."""
    name = plain_text(str(path))
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        what = "a link to a file that does not exist" if path.is_symlink() else "the file does not exist"
        raise InputError(f"{name}: {what}.") from error
    except (OSError, ValueError) as error:
        said = reason_of(error) if isinstance(error, OSError) else error
        raise InputError(f"{name}: cannot be read ({said}).") from error
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "a pipe, a socket or a device"
        raise InputError(f"{name}: {what}, which is not read. Give the extract as a file.")

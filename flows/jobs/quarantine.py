"""Tell what stands in quarantine, give it out to be corrected, and take it back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flows.holder import hold
from flows.jobs.clock import known_from as moment_of
from flows.jobs.ingest import CONSERVATION, MEMORY
from flows.jobs.lake_load import lending
from flows.opening import opened
from flows.settings import Home
from transforms.errors import InputError


def list_quarantine(home: Home, as_of: date, source: str | None = None) -> dict[str, Any]:
    """Return `quarantine` (rows, oldest_days), `codes` (open rows by code) and `problems`.

    These are one mapping per file, problem and state.
    """
    from transforms.quarantine.rows import age_in_days, count_codes, list_problems, rows_aside

    home.require()
    with opened(home, "earshot quarantine", read_only=_is_read_only(home)) as connection:
        _require_source(connection, source)
        aside = rows_aside(connection, source)
        oldest = min((row.first_at for row in aside), default=None)
        counted = {"rows": len(aside), "oldest_days": age_in_days(oldest, as_of) if oldest else None}
        problems = list_problems(connection, as_of, source)
        return {"quarantine": counted, "codes": count_codes(connection, source), "problems": problems}


def export_quarantine(home: Home, target: Path, source: str | None = None) -> dict[str, Any]:
    """Write the open rows to `target`, .xlsx or .csv, and return `files` and `rows`; no file without rows."""
    from transforms.layouts.read import read_layouts
    from transforms.quarantine.rows import rows_aside
    from transforms.quarantine.sheet import write_sheets

    home.require()
    if not target.resolve().parent.is_dir():
        raise InputError(
            f"{target}: the folder {target.resolve().parent} does not exist. Create it or name another file."
        )
    with opened(home, "earshot quarantine", read_only=_is_read_only(home)) as connection:
        _require_source(connection, source)
        aside = rows_aside(connection, source)
        files = write_sheets(aside, target, read_layouts(home.layouts)) if aside else []
    return {"rows": len(aside), "files": [str(path) for path in files]}


def replay_quarantine(
    home: Home, path: Path, known_from: datetime | None = None, lookups: Sequence[str] = ()
) -> dict[str, Any]:
    """Load the corrected rows of an export and return what became of them, in all and per extract.

    `known_from` is when we learned of the corrections, in UTC; now where it is not given. `lookups` are the tables in
    which cells were looked up, where rows are loaded as they were; else those of today count.
    """
    from transforms.ingest.forms import load_forms
    from transforms.layouts.read import read_layouts
    from transforms.mirror.tables import as_looked_up, note_tables
    from transforms.quarantine.replay import replay_export

    home.require()
    layouts = as_looked_up(read_layouts(home.layouts), lookups, home.mirror)
    with hold(home, "earshot quarantine"), opened(home, "earshot quarantine", most_memory=MEMORY) as connection:
        load_forms(connection, *home.tables)
        moment = known_from if home.is_being_built and known_from else moment_of(connection, known_from)
        with lending(home, connection) as lake:
            done = replay_export(connection, path, layouts, landed=home.landed, known_from=moment, lake=lake)
    if not home.is_being_built:
        for name in {one.layout for one in done.batches}:
            note_tables(home.mirror, layouts[name])
    totals = {key: sum(getattr(one, key) for one in done.batches) for key in CONSERVATION}
    files = [asdict(one) for one in done.batches]
    return {"file": path.name, **totals, "unchanged": done.unchanged, "left": done.left, "files": files}


def _is_read_only(home: Home) -> bool:
    """Whether the database is there and can be read alone: what is only asked is answered all the same."""
    return home.database.exists() and not os.access(home.database, os.W_OK)


def _require_source(connection: Any, source: str | None) -> None:
    """Raise InputError for a source of which nothing was ever loaded."""
    known = [name for (name,) in connection.execute("select distinct source from batches order by source").fetchall()]
    if source is not None and source not in known:
        raise InputError(
            f"--source {source}: no data of this source is loaded. Loaded sources: {', '.join(known) or 'none'}."
        )

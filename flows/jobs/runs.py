"""Which run is meant: by its id, by `last` or `previous`, or by its folder."""

from __future__ import annotations

from pathlib import Path

import duckdb

from flows.settings import Home
from transforms.errors import InputError
from transforms.ledger.journal import Entry, read_journal


def noted_runs(connection: duckdb.DuckDBPyConnection) -> dict[str, Entry]:
    """Return the last entry of each screening that was noted in the journal, by run id, the latest run last."""
    found: dict[str, Entry] = {}
    for entry in read_journal(connection, "run"):
        found.pop(entry.deed.name, None)
        found[entry.deed.name] = entry
    return found


def find_run(home: Home, noted: dict[str, Entry], word: str) -> Path:
    """Return the folder of the run that a word means; raise InputError where there is none."""
    names = list(noted)
    place = {"last": -1, "previous": -2}.get(word)
    if place is not None:
        if len(names) < -place:
            raise InputError(f"{word}: this home has {len(names)} screenings so far. Screen first: earshot screen")
        folder = home.reports / names[place]
    else:
        folder = Path(word) if (Path(word) / "findings.parquet").is_file() else home.reports / word
    if not (folder / "findings.parquet").is_file():
        held = sorted(path.parent.name for path in home.reports.glob("[!.]*/findings.parquet"))
        raise InputError(
            f"{word}: no such run in {home.reports} (latest: {', '.join(held[-5:]) or 'none'}). Give a run id, the"
            " folder of a run, `last` or `previous`."
        )
    return folder

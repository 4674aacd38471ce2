"""Prove the journal, the ledger, the files of the runs, and that runs can be made again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from flows.holder import hold
from flows.jobs.reproduce import Proof, reproduce
from flows.jobs.runs import find_run, noted_runs
from flows.opening import opened
from flows.settings import Home
from transforms.damage import read_all
from transforms.errors import InputError
from transforms.ledger.journal import Entry, read_journal
from transforms.ledger.prove import chain_faults, count_states, ledger_faults
from transforms.phases import phase
from transforms.reports.drawing import drawing_beside


@dataclass(frozen=True)
class Verified:
    """What was proved, and every place where it does not hold."""

    entries: int
    last_seal: str
    findings: dict[str, int]
    """How many findings were ever made, by how they stand."""
    chain: list[str]
    ledger: list[str]
    runs_checked: int
    files: list[str]
    runs: list[Proof]

    @property
    def holds(self) -> bool:
        """Whether nothing was found that does not hold; what cannot be proved is no fault."""
        return not (self.chain or self.ledger or self.files or any(one.reproduced is False for one in self.runs))

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"holds": self.holds, **self.__dict__, "runs": [one.as_json() for one in self.runs]}


def _opened(home: Home) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    return opened(home, "earshot verify", read_only=True, is_proof=True)


@drawing_beside()
def verify(home: Home, runs: Sequence[str] = (), *, every: bool = False) -> Verified:
    """Prove the home: its journal, its ledger, the files of all runs, and the named runs by making them again.

    By default the last one noted is made again; with `every`, all that were noted. Every table is read to its end:
    raises HomeDamaged where that cannot be done.
    """
    from transforms.reports.proof import run_folders

    home.require()
    if not home.database.is_file():
        raise InputError(f"{home.root}: no data is loaded. Load an extract first: earshot ingest FILE")
    with hold(home, "earshot verify"), _opened(home) as connection:
        with phase("tables"):
            read_all(connection)
        noted = noted_runs(connection)
        if runs:
            folders = [find_run(home, noted, word) for word in runs]
        else:
            folders = [home.reports / name for name in list(noted)[0 if every else -1 :]]
        entries = list(read_journal(connection))
        found = run_folders(home.reports, noted)
        with phase("proofs", len(found), "runs"):
            checked = [_proved(folder) for folder in found]
        repeated = []
        with phase("repeats of runs", len(folders), "runs"):
            for folder in folders:
                with phase("repeat", 1, "runs", title=folder.name):
                    repeated.append(_repeat(home, connection, folder, noted.get(folder.name)))
        return Verified(
            entries=len(entries),
            last_seal=entries[-1].sha256 if entries else "",
            findings=count_states(connection),
            chain=chain_faults(connection, home.seals),
            ledger=ledger_faults(connection),
            runs_checked=len(checked),
            files=[fault for faults in checked for fault in faults],
            runs=repeated,
        )


def _proved(folder: Path) -> list[str]:
    from transforms.reports.proof import file_faults

    with phase("proof", 1, "runs"):
        return file_faults(folder)


def _repeat(home: Home, connection: duckdb.DuckDBPyConnection, folder: Path, noted: Entry | None) -> Proof:
    if folder.is_dir():
        return reproduce(home, connection, folder, noted)
    return Proof(folder.name, None, "its folder is no longer in reports/")

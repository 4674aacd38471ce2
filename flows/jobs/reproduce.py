"""Make a run again from its manifest, and compare every file with what stands in its folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.jobs.law import read_law
from flows.jobs.screening import screen_past, start_run, versions
from flows.settings import Home
from transforms.derived import fact_terms
from transforms.errors import EarshotError, RulebookError
from transforms.ledger.journal import Entry

_STAND_INS = (
    "its rulebook predates the SQL of comparisons with AES filings; under the SQL of this version, results differ"
)


@dataclass
class Proof:
    """What came of making a run again: `reproduced` None where it cannot be proved, and why."""

    run_id: str
    reproduced: bool | None = None
    why: str = ""
    files: list[str] = field(default_factory=list)
    """The files that were compared, byte for byte."""
    differing: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def reproduce(home: Home, connection: duckdb.DuckDBPyConnection, folder: Path, noted: Entry | None) -> Proof:
    """Screen again what the manifest in `folder` names, and say whether every file is the same.

    Expects the home to be held. Nothing in it is changed.
    """
    from transforms.ingest.rates import rates_known
    from transforms.reports.proof import differing_files, makes_its_name, read_manifest
    from transforms.reports.run import read_decisions, read_inputs
    from transforms.rulebook.terms import terms_unlike

    try:
        manifest = read_manifest(folder)
        as_of, known_at, moment = _moments(manifest, noted)
    except (EarshotError, ValueError) as error:
        return Proof(folder.name, False, str(error))
    if manifest["versions"] != versions():
        return Proof(folder.name, None, f"made by {_named(manifest['versions'])}; this is {_named(versions())}")
    if moment is None:
        return Proof(
            folder.name, None, "the journal has no entry for it, so the time up to which records counted is not known"
        )
    before = noted.entry if noted and known_at is None else None
    if not makes_its_name(manifest, read_decisions(connection, moment, before)):
        return Proof(
            folder.name,
            False,
            "what its manifest says that it rests on, and the decisions of then, do not make its name",
        )
    if manifest.get("rates_sha256") != rates_known(connection, moment):
        return Proof(folder.name, False, "the exchange rates of then are no longer in the database unchanged")
    difference = _input_difference(manifest["inputs"], read_inputs(connection, moment))
    if difference:
        return Proof(folder.name, *difference)
    try:
        with _workshop(home) as bench, _rulebook(home, manifest["rulebook_hash"], bench) as rules_folder:
            if rules_folder is None:
                return Proof(folder.name, None, f"its rulebook {manifest['rulebook_hash']} is not kept in rulebooks/")
            rules = read_law(rules_folder)
            if unlike := terms_unlike(rules.rulebook, fact_terms(connection)):
                why = (
                    f"its rulebook derived facts by other values than the rulebook of the home now: {', '.join(unlike)}"
                )
                return Proof(folder.name, None, why)
            run, inputs = start_run(connection, rules, as_of, known_at, moment, before)
            again = screen_past(home, connection, rules, run, inputs, bench).report
            differing = differing_files(again, folder)
            files = sorted(path.name for path in again.iterdir())
            if differing and any(one.stands_in for one in rules.reconciling):
                return Proof(folder.name, None, _STAND_INS, files)
            return Proof(folder.name, not differing, "", files, differing)
    except RulebookError as error:
        return Proof(folder.name, None, f"this version rejects its rulebook: {str(error).splitlines()[0]}")
    except EarshotError as error:
        return Proof(folder.name, False, str(error))


def _named(made_by: dict[str, str]) -> str:
    return " and ".join(f"{name} {version}" for name, version in made_by.items())


def _moments(manifest: dict[str, Any], noted: Entry | None) -> tuple[date, datetime | None, datetime | None]:
    """Return the day of a run, the moment it was asked for, and the one up to which records counted."""
    known_at = datetime.fromisoformat(manifest["known_at"]) if manifest.get("known_at") else None
    return date.fromisoformat(manifest["as_of"]), known_at, known_at or (noted.deed.known_until if noted else None)


def _input_difference(told: list[dict[str, Any]], held: list[dict[str, Any]]) -> tuple[bool | None, str] | None:
    """Say whether, and why, the records of then are not those that the run rested on."""
    archived = {str(one["archive"]) for one in held if "archive" in one}
    archived -= {str(one["archive"]) for one in told if "archive" in one}
    if archived:
        return None, f"lines were archived after the run: {', '.join(sorted(archived))}"
    now, then = ({str(sorted(one.items(), key=str)) for one in _as_text(each)} for each in (held, told))
    if then - now:
        return False, f"{len(then - now)} of its extracts are no longer in the database unchanged"
    if now - then:
        return None, f"{len(now - then)} extracts were loaded later with an earlier --known-at"
    return None


def _as_text(inputs: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    for one in inputs:
        yield {key: str(value) for key, value in one.items()}


@contextmanager
def _workshop(home: Home) -> Iterator[Path]:
    """Yield a folder of the home for files that are compared and taken away again."""
    folder = home.reports / ".verify.partial"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _rulebook(home: Home, digest: str, bench: Path) -> Iterator[Path | None]:
    """Yield the rulebook of that hash: the kept one, or the home's own where it is that one; None without."""
    from transforms.rulebook.hashes import rulebook_hash
    from transforms.rulebook.kept import kept_file, unpack_rulebook

    if kept_file(home.rulebooks, digest).is_file():
        yield unpack_rulebook(home.rulebooks, digest, bench / "kept")
    else:
        yield home.rules if rulebook_hash(home.rules) == digest else None

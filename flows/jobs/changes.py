"""What changed since the last screening of a home, by name: rules, tables, lists, files, rates, decisions."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import duckdb

from flows.jobs.clock import present
from flows.settings import VERSION, Home

_FOLDERS = {
    "controls": "rules", "eei": "rules", "checks": "rules", "reconcile": "rules", "parties": "lists",
    "tables": "tables", "parameters": "parameters", "ccl": "Commerce Control List",
}  # fmt: skip
_SHOWN = 20
ORDER = (
    "rules", "parameters", "tables", "Commerce Control List", "lists", "rulebook", "files", "exchange rates",
    "decisions", "version", "report",
)  # fmt: skip
"""The kinds of change, in the order in which they are told."""


@dataclass(frozen=True)
class Changes:
    """What differs from the last screening that the journal notes; nothing, where the next one would say the same."""

    since: str
    """The run id of the last screening; empty where there was none."""
    what: dict[str, list[str]] = field(default_factory=dict)
    """Names by kind of change."""

    def __bool__(self) -> bool:
        return not self.since or any(self.what.values())

    def as_json(self) -> dict[str, object]:
        """Return the changes in the keys that `--json` prints."""
        return {"since": self.since or None, "changed": self.what}


def changes_since(home: Home, connection: duckdb.DuckDBPyConnection) -> Changes:
    """Return what changed since the last screening of the present; expects the open database of the home."""
    from transforms.ledger.journal import last_run

    last = last_run(connection)
    if last is None:
        return Changes("")
    deed = last.deed
    found: dict[str, list[str]] = {}
    for kind, name in _law_changes(home, deed.rulebook_hash):
        found.setdefault(kind, []).append(name)
    found["files"] = _files_since(connection, home.reports / deed.name)
    if _rates(home) != _rates_held(connection):
        found["exchange rates"] = [home.rates.name]
    query = "select count(*) from dispositions where entry > ?"
    decided = connection.execute(query, [last.entry]).fetchall()[0][0]
    found["decisions"] = [f"{decided:,} recorded"] if decided else []
    found["version"] = [f"{deed.version} to {VERSION}"] if deed.version != VERSION else []
    whole = (home.reports / deed.name / "manifest.json").is_file()
    found["report"] = [] if whole else [f"reports/{deed.name} is missing"]
    return Changes(deed.name, {kind: found[kind] for kind in ORDER if found.get(kind)})


def _law_changes(home: Home, before: str) -> list[tuple[str, str]]:
    """Return kind and name of each part of the rulebook that is not as it was under the hash of `before`."""
    from transforms.rulebook.hashes import hash_files, hashed_files
    from transforms.rulebook.kept import kept_file

    now = dict(hashed_files(home.rules))
    if hash_files(now.items()) == before:
        return []
    try:
        with zipfile.ZipFile(kept_file(home.rulebooks, before)) as archive:
            then = {name: archive.read(name) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile):
        return [("rulebook", "the rulebook of the last screening is not kept, so its parts are not compared")]
    changed = sorted(name for name in {*now, *then} if now.get(name) != then.get(name))
    return list(dict.fromkeys(_named(name, _how(name, now, then)) for name in changed))


def _how(name: str, now: Mapping[str, bytes], then: Mapping[str, bytes]) -> str:
    return " (added)" if name not in then else " (removed)" if name not in now else ""


def _named(path: str, how: str) -> tuple[str, str]:
    """Return kind and name of the part of the rulebook that a file belongs to; how it changed, where that is all."""
    folder, *rest = PurePosixPath(path).parts
    kind = _FOLDERS.get(folder, "rulebook")
    if kind == "rulebook" or not rest:
        return "rulebook", path + how
    if len(rest) > 1:  # of a rule, in a folder of its own
        return "rules", rest[0] + (how if rest[-1] == "rule.yml" else "")
    return kind, PurePosixPath(rest[0]).stem + how


def _files_since(connection: duckdb.DuckDBPyConnection, report: Path) -> list[str]:
    """Return the files that were loaded and are not in the manifest of the last screening; some names, and how many."""
    try:
        inputs = json.loads((report / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    except (OSError, ValueError, KeyError):
        return []
    from transforms.reports.run import read_inputs

    now = read_inputs(connection, present(connection))
    new = [one for one in now if one not in inputs]
    if len(new) == 0 and len(now) == len(inputs):
        return []
    names = dict(connection.execute("select sha256, file_name from batches order by batch_id").fetchall())
    told = [str(names.get(one.get("sha256"), one.get("archive", "?"))) for one in new[:_SHOWN]]
    return told + ([f"and {len(new) - _SHOWN:,} more"] if len(new) > _SHOWN else []) or ["fewer than before"]


def _rates(home: Home) -> str:
    return hashlib.sha256(home.rates.read_bytes()).hexdigest() if home.rates.is_file() else ""


def _rates_held(connection: duckdb.DuckDBPyConnection) -> str:
    from transforms.ingest.rates import rates_known

    return rates_known(connection, present(connection)) or ""

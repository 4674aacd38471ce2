"""Is a run still what its manifest says, and are two folders of a run the same?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from transforms.errors import EarshotError
from transforms.reports.run import MANIFEST, hash_file, name_run


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what the manifest of a run says; raise EarshotError where it cannot be read as one."""
    read = _read(folder)
    if not _is_of_a_run(read):
        raise EarshotError(f"{folder.name}/{MANIFEST}: not a manifest of a run")
    return dict(read)


def run_folders(reports: Path, noted: Iterable[str]) -> list[Path]:
    """Return the folders below `reports` that are of runs: those noted, and those whose manifest is one, or damaged."""
    found = {reports / name for name in noted if (reports / name).is_dir()}
    for path in reports.glob(f"[!.]*/{MANIFEST}"):
        try:
            is_of_a_run = _is_of_a_run(_read(path.parent))
        except EarshotError:
            is_of_a_run = True
        found |= {path.parent} if is_of_a_run else set()
    return sorted(found)


def file_faults(folder: Path) -> list[str]:
    """Return what of a run's folder is not as its manifest says."""
    try:
        manifest = read_manifest(folder)
    except EarshotError as error:
        return [str(error)]
    found = []
    if manifest["run_id"] != folder.name:
        found.append(f"{folder.name}/{MANIFEST}: is the manifest of run {manifest['run_id']}")
    if not isinstance(manifest.get("files"), dict):
        return [*found, f"{folder.name}/{MANIFEST}: tells no hashes of its files"]
    for name, digest in manifest["files"].items():
        path = folder / Path(name).name
        if not path.is_file():
            found.append(f"{folder.name}/{name}: is missing")
        elif hash_file(path) != digest:
            found.append(f"{folder.name}/{name}: is not the file that was written with the run")
    return found


def _read(folder: Path) -> Any:
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise EarshotError(f"{folder.name}/{MANIFEST}: cannot be read: {error}") from error


def _is_of_a_run(read: object) -> bool:
    return isinstance(read, dict) and {"run_id", "as_of", "rulebook_hash", "versions", "inputs"} <= set(read)


def makes_its_name(manifest: dict[str, Any], decisions: Sequence[object]) -> bool:
    """Return whether what the manifest says the run rests on, and the decisions of then, make the run's name."""
    known_at = manifest.get("known_at")
    made = name_run(
        manifest["inputs"], manifest["rulebook_hash"], manifest["versions"].get("earshot", ""), manifest["as_of"],
        known_at, decisions, manifest.get("rates_sha256"),
    )  # fmt: skip
    return bool(made == manifest["run_id"])


def differing_files(folder: Path, other: Path) -> list[str]:
    """Return the names of files of `folder` that are not the same bytes in `other`, or not there."""
    return [
        path.name
        for path in sorted(folder.iterdir())
        if not (other / path.name).is_file() or (other / path.name).read_bytes() != path.read_bytes()
    ]

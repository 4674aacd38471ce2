"""Is a run still what its manifest says, and are two folders of a run the same?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from transforms.errors import EarshotError
from transforms.reports.run import MANIFEST, hash_file, name_run


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return what the manifest of a run says; raise EarshotError where it cannot be read as one."""
    path = folder / MANIFEST
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(read, dict) or not {"run_id", "as_of", "rulebook_hash", "versions", "inputs"} <= set(read):
            raise ValueError("it is no manifest of a run")
    except (OSError, ValueError) as error:
        raise EarshotError(f"{folder.name}/{MANIFEST}: cannot be read: {error}") from error
    return read


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


def makes_its_name(manifest: dict[str, Any], decisions: Sequence[object]) -> bool:
    """Return whether what the manifest says the run rests on, and the decisions of then, make the run's name."""
    known_at = manifest.get("known_at")
    made = name_run(
        manifest["inputs"], manifest["rulebook_hash"], manifest["versions"].get("earshot", ""), manifest["as_of"],
        known_at, decisions,
    )  # fmt: skip
    return bool(made == manifest["run_id"])


def differing_files(folder: Path, other: Path) -> list[str]:
    """Return the names of files of `folder` that are not the same bytes in `other`, or not there."""
    return [
        path.name
        for path in sorted(folder.iterdir())
        if not (other / path.name).is_file() or (other / path.name).read_bytes() != path.read_bytes()
    ]

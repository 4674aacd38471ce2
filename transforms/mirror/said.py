"""What a user said of the form of a file: needed to load it again, and kept beside the mirror."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from transforms.durable import sync

NAME = "said.jsonl"


def note_said(folder: Path, sha256: str, said: Mapping[str, str]) -> None:
    """Add what was said of a file (encoding, delimiter, decimal, sheet), where that is not noted."""
    if said and read_said(folder, sha256) != dict(said):
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / NAME).open("a", encoding="utf-8") as target:
            target.write(json.dumps({"sha256": sha256, "said": dict(said)}, sort_keys=True) + "\n")
        sync(folder / NAME)


def read_said(folder: Path, sha256: str) -> dict[str, str]:
    """Return what was said last of a file; nothing where nothing was."""
    found: dict[str, str] = {}
    path = folder / NAME
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ():
        try:
            one = json.loads(line)
            if one["sha256"] == sha256:
                found = {str(key): str(value) for key, value in one["said"].items()}
        except (ValueError, KeyError, TypeError, AttributeError):  # cut off by a kill
            continue
    return found

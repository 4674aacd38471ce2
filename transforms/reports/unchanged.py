"""Files of a run that would say what those of an earlier run say: copied, where all that they rest on is as it was.

What they rest on is told by content, and of the former files by their hash: what was changed or removed since is made
anew. Of a past that is made again, as for a proof, nothing is copied.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import duckdb

from transforms.kept_parts import keep_parts, key_of, recall_parts
from transforms.pipeline import Stage

_NAME = "unchanged"


def key_of_run(connection: duckdb.DuckDBPyConnection, stage: Stage) -> str:
    """Return the key of all that the files rest on; `stage` is the one that makes them. Expects what is kept of the
    present, and `tallies`."""
    (told,) = stage.read(connection, "rests_on")
    return key_of([json.dumps(told), stage.fingerprint()], Path(__file__).parent.glob("*.py"))


def copy_unchanged(made: Path, key: str, reports: Path, partial: Path) -> bool:
    """Fill `partial` with the files that a run of `reports` has under this key; False, and nothing, without them."""
    parts = recall_parts(made, _NAME, key)
    if parts is None:
        return False
    run, files = json.loads(parts[_NAME])
    try:
        found = {name: (reports / run / name).read_bytes() for name in files}
    except OSError:
        return False
    if any(sha256(found[name]).hexdigest() != digest for name, digest in files.items()):
        return False
    for name, content in found.items():
        (partial / name).write_bytes(content)
    return True


def note_files(made: Path, key: str, folder: Path, names: Sequence[str]) -> None:
    """Note that the files of these names in the folder of a run are those of this key."""
    files = {name: sha256((folder / name).read_bytes()).hexdigest() for name in names}
    keep_parts(made, _NAME, key, {_NAME: json.dumps([folder.name, files]).encode()})

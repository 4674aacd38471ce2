"""The hash of a rulebook: by it a run says which law it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

HASHED = (".yml", ".csv", ".sql")


def rulebook_hash(root: Path) -> str:
    """Return the sha256, as hex, over path and content of every .yml, .csv and .sql file under `root`.

    Files in order of their relative path; line ends count as newline, hidden files do not count.
    """
    return hash_files(hashed_files(root))


def hashed_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield relative path and content of every file under `root` that its hash is made of, in order of the path."""
    for relative, path in sorted((path.relative_to(root).as_posix(), path) for path in root.rglob("*")):
        if path.suffix in HASHED and path.is_file() and not any(part.startswith(".") for part in Path(relative).parts):
            yield relative, path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def hash_files(files: Iterable[tuple[str, bytes]]) -> str:
    """Return the sha256, as hex, over names and contents."""
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()

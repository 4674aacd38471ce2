"""The hash of a rulebook: by it a run says which law it rests on."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

HASHED = (".yml", ".csv", ".sql")
LISTS = "parties"
"""The folder of the lists of parties."""
PARAMETERS = "parameters"
"""The folder that holds one file for each number or list of the law."""
OF_PARAMETERS = ("headings.csv", "units.csv")
"""The tables that parameters are read of, too."""
_SETTLED_NS = 2_000_000_000
"""A file that was written so long ago, in nanoseconds, has another time where it was written since."""
_KNOWN: dict[tuple[object, ...], Hashes] = {}
_MOST_KNOWN = 8


class Hashes(NamedTuple):
    """The hash of a rulebook, and that of all of it but the lists of parties and what was ruled on them."""

    whole: str
    beside_lists: str


def rulebook_hash(root: Path) -> str:
    """Return the sha256, as hex, over path and content of every .yml, .csv and .sql file under `root`.

    Files in order of their relative path; line ends count as newline, hidden files do not count. Within a process the
    same files, none of them written since or just now, are read once.
    """
    return rulebook_hashes(root).whole


def rulebook_hashes(root: Path) -> Hashes:
    """Return the hash of the rulebook under `root` (`rulebook_hash`), and that of what no list of parties changes."""
    found = list(_found(root))
    stats = [path.stat() for _, path in found]
    state = (root, *((name, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns)
                     for (name, _), at in zip(found, stats, strict=True)))  # fmt: skip
    if state in _KNOWN:
        return _KNOWN[state]
    begun = time.time_ns()
    files = [(name, _content(path)) for name, path in found]
    digest = Hashes(hash_files(files), hash_files(one for one in files if not is_list(one[0])))
    if all(max(at.st_mtime_ns, at.st_ctime_ns) < begun - _SETTLED_NS for at in stats):
        _KNOWN[state] = digest
        if len(_KNOWN) > _MOST_KNOWN:
            del _KNOWN[next(iter(_KNOWN))]
    return digest


def hashed_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield relative path and content of every file under `root` that its hash is made of, in order of the path."""
    return ((name, _content(path)) for name, path in _found(root))


def parameter_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of everything that the parameters of a rulebook are read of; a folder has no content."""
    folder = root / PARAMETERS
    listed = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in (*listed, *(root / "tables" / name for name in OF_PARAMETERS)):
        kind = "" if path.is_file() else " (folder)" if path.is_dir() else " (none)"
        yield f"{path.name}{kind}", b"" if kind else path.read_bytes()


def is_list(file: str) -> bool:
    """Whether a file of a rulebook, by its path in it, is a list of parties, or the rulings on them."""
    path = PurePosixPath(file)
    return path.parent.name == LISTS and len(path.parts) == 2 and path.suffix == ".csv"


def _found(root: Path) -> Iterator[tuple[str, Path]]:
    found = []
    for folder, folders, files in os.walk(root):  # as `rglob` does, in a third of its time
        folders[:] = [name for name in folders if not name.startswith(".")]
        within = Path(folder)
        place = "" if within == root else f"{within.relative_to(root).as_posix()}/"
        found += [(f"{place}{name}", within / name) for name in files
                  if name.endswith(HASHED) and not name.startswith(".")]  # fmt: skip
    yield from ((relative, path) for relative, path in sorted(found) if path.is_file())


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in content else content


def hash_files(files: Iterable[tuple[str, bytes]]) -> str:
    """Return the sha256, as hex, over names and contents."""
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()

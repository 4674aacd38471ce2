"""A rulebook kept as one file, by its hash, so that what was screened under it can be screened again."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from pathlib import Path

from transforms.durable import sync
from transforms.errors import EarshotError
from transforms.rulebook.hashes import hash_files, hashed_files, rulebook_hash

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def keep_rulebook(root: Path, digest: str, folder: Path) -> Path:
    """Keep the rulebook under `root` as `folder`/<hash>.zip, and return that file; it is written once.

    It holds what the hash is made of; the same rulebook makes the same bytes. Raises EarshotError where the rulebook
    is no longer the one that was read.
    """
    path = kept_file(folder, digest)
    if path.is_file():
        return path
    content = _archived(root, digest)
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f".{path.name}.partial"
    partial.write_bytes(content)
    sync(partial)
    partial.replace(path)
    return path


@lru_cache(maxsize=2)
def _archived(root: Path, digest: str) -> bytes:
    """The bytes of the archive: within a process the same rulebook is packed once, whichever homes keep it."""
    files = list(hashed_files(root))
    if hash_files(files) != digest:
        raise EarshotError(f"{root}: the rulebook was changed while it was read; run this again")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def kept_file(folder: Path, digest: str) -> Path:
    """Return where the rulebook of that hash is kept, if it is."""
    return folder / f"{digest}.zip"


def unpack_rulebook(folder: Path, digest: str, target: Path) -> Path:
    """Unpack the rulebook of that hash into `target`/rules and return it.

    Raises EarshotError where it cannot be read, or is not what its name says.
    """
    path, rules = kept_file(folder, digest), target / "rules"
    try:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(rules)  # takes no name out of the folder
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError) as error:
        raise EarshotError(f"{path}: cannot be unpacked: {error}") from error
    found = rulebook_hash(rules)
    if found != digest:
        raise EarshotError(f"{path}: holds a rulebook of the hash {found}; it was altered")
    return rules

"""Land an extract as it came: by its hash, so that the same file is known again whatever it is called."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from transforms.errors import InputError
from transforms.private import make_private

_CHUNK = 4 * 1024 * 1024
_FILLED_LINE = re.compile(rb"[^\n]\n")


@dataclass(frozen=True)
class Digest:
    """What a pass over the bytes of a file tells: sha256 (hex), size in bytes, and lines that are not blank, or are.

    `changed_ns` is when the file was last written, as it stood before the pass.
    """

    sha256: str
    size_bytes: int
    lines: int
    blank_lines: int
    changed_ns: int


def digest(path: Path) -> Digest:
    """Return hash, size and the lines of a file, blank ones apart (line ends: LF, CR LF or CR alone)."""
    changed_ns = path.stat().st_mtime_ns
    sha, size, lines, blank_lines, before, held = hashlib.sha256(), 0, 0, 0, b"\n", b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            sha.update(chunk)
            size += len(chunk)
            if held or b"\r" in chunk:
                chunk = held + chunk
                held = b"\r" if chunk.endswith(b"\r") else b""  # its LF may be the next byte
                chunk = chunk[: len(chunk) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            ends = filled = chunk.count(b"\n")
            # a blank line is rare, and counting without it is a hundred times faster
            if b"\n\n" in chunk or before + chunk[:1] == b"\n\n":
                filled = len(_FILLED_LINE.findall(before + chunk))
            lines += filled
            blank_lines += ends - filled
            before = chunk[-1:] or before
    if before != b"\n":
        lines += 1
    elif held:
        blank_lines += 1
    return Digest(sha.hexdigest(), size, lines, blank_lines, changed_ns)


def land(path: Path, landed: Path, file: Digest, *, is_ours: bool) -> Path:
    """Put `path` into the folder `landed` under its hash and name, and return where. What was landed before stays.

    Where the file is ours (it will be taken out of the inbox) and has no other name, it is linked. Otherwise it is
    copied: a file that its owner goes on writing to must not change what was landed. Raises InputError when the file
    was written to since it was read.
    """
    target = landed / f"{file.sha256[:16]}-{path.name}"
    landed.mkdir(parents=True, exist_ok=True)
    partial = landed / f".{file.sha256[:16]}.partial"
    partial.unlink(missing_ok=True)
    if not target.exists():
        _link_or_copy(path, partial, is_ours=is_ours)
    now = path.stat()
    if (now.st_mtime_ns, now.st_size) != (file.changed_ns, file.size_bytes):
        partial.unlink(missing_ok=True)
        raise InputError(
            f"{path.name}: the file changed while it was read. Nothing was loaded. Ingest it again when it is complete."
        )
    if partial.exists():
        partial.replace(target)
    return target


def _link_or_copy(path: Path, partial: Path, *, is_ours: bool) -> None:
    if is_ours and not path.is_symlink() and path.stat().st_nlink == 1:
        with suppress(OSError):  # another file system, or one without links; or a file of another user
            make_private(path)
            os.link(path, partial)
            return
    shutil.copy2(path, partial)
    make_private(partial)

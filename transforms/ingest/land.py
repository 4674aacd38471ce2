"""Land an extract as it came: by its hash, so that the same file is known again whatever it is called."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 4 * 1024 * 1024
_FILLED_LINE = re.compile(rb"[^\n]\n")


@dataclass(frozen=True)
class Digest:
    """What a pass over the bytes of a file tells: sha256 (hex), size in bytes, and how many lines are not blank."""

    sha256: str
    size_bytes: int
    lines: int


def digest(path: Path) -> Digest:
    """Return hash, size and the number of lines that are not blank (line ends: LF, CR LF or CR alone)."""
    sha, size, lines, before, held = hashlib.sha256(), 0, 0, b"\n", b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            sha.update(chunk)
            size += len(chunk)
            chunk = held + chunk
            held = b"\r" if chunk.endswith(b"\r") else b""  # its LF may be the next byte
            text = before + chunk[: len(chunk) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            # a blank line is rare, and counting without it is a hundred times faster
            lines += len(_FILLED_LINE.findall(text)) if b"\n\n" in text else text.count(b"\n", 1)
            before = text[-1:]
    if before != b"\n":
        lines += 1
    return Digest(sha.hexdigest(), size, lines)


def land(path: Path, landed: Path, sha256: str) -> Path:
    """Put `path` into the folder `landed` under its hash and name, and return where: by link, or by copy and rename.

    A file that was landed before is left as it is.
    """
    target = landed / f"{sha256[:16]}-{path.name}"
    if target.exists():
        return target
    landed.mkdir(parents=True, exist_ok=True)
    partial = landed / f".{target.name}.partial"
    partial.unlink(missing_ok=True)
    try:
        os.link(path, partial)
    except OSError:  # another file system, or one without links
        shutil.copy2(path, partial)
    partial.replace(target)
    return target

"""The name of a file as it can be told and kept anywhere, whatever bytes its owner gave it."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from transforms.visible import plain_text

MOST_BYTES = 200
"""Of a name, in UTF-8. A file system takes 255 bytes; what is derived from a name (its landed copy, its rows in
quarantine, either one half-made) adds up to 32."""
_ENDING_BYTES = 24
_NO_TEXT = re.compile("[\ud800-\udfff]")


def plain_name(name: str) -> str:
    """Return the name of a file in text that any terminal, page, database and file system takes (`plain_text`).

    A name that is too long is cut before its ending, and told from others by a part of its hash. Any other name stays
    as it is.
    """
    name = plain_text(name)
    whole = name.encode()
    if len(whole) <= MOST_BYTES:
        return name
    stem, dot, ending = name.rpartition(".")
    ending = f"{dot}{ending}" if stem and len(ending.encode()) <= _ENDING_BYTES else ""
    mark = f"~{hashlib.sha256(whole).hexdigest()[:8]}{ending}"
    return whole[: MOST_BYTES - len(mark.encode())].decode(errors="ignore") + mark


@contextmanager
def plainly_named(path: Path, folder: Path) -> Iterator[Path]:
    """Yield the file under a plain name: its own, or that of a link in `folder` for as long as the block runs."""
    name = plain_name(path.name)
    if name == path.name and not _NO_TEXT.search(str(path)):
        yield path
        return
    place = folder / ".reading-as"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        link = place / name
        try:
            link.symlink_to(path.absolute())
        except OSError:  # a system that lets only some users make links
            shutil.copy2(path, link)
        yield link
    finally:
        shutil.rmtree(place, ignore_errors=True)

"""A file that came packed, by gzip or zip: what is in it, unpacked beside the landed files while it is read."""

from __future__ import annotations

import gzip
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, cast

from transforms.cells.forms import source_of
from transforms.cells.source import Source
from transforms.cells.workbook import WORKBOOK_SUFFIXES
from transforms.cells.workbook_faults import DAMAGE
from transforms.cells.workbook_size import ANY_WAY, TIMES
from transforms.errors import InputError

_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
PACKED_SUFFIXES = (".gz", ".zip")
_DOCUMENT = ("[Content_Types].xml", "mimetype")
"""What a zip holds that is the document of some program: a workbook among them."""
_CHUNK = 4 * 1024 * 1024


@dataclass(frozen=True)
class Arrived:
    """A file as it came (`path`, which is landed and hashed), and its content: the same, unless it is packed."""

    path: Path
    content: Path
    packing: str = ""
    """gzip, or zip with the name of the member; empty where it is not packed."""

    @cached_property
    def source(self) -> Source:
        """The content as a source of its form; raises InputError for a form that is not read."""
        return source_of(self.content)


@contextmanager
def unpacked(path: Path, folder: Path) -> Iterator[Arrived]:
    """Yield the file with its content, unpacked into `folder` under the same name while the block runs.

    Raises InputError for an archive that is damaged, locked, packed twice, made to fill the disk, or not of one file.
    """
    if not packing_of(path):
        yield Arrived(path, path)
        return
    place = folder / ".reading"
    place.mkdir(parents=True, exist_ok=True)
    content = place / path.name
    try:
        with ExitStack() as opened:
            try:
                source, packing = _open(path, opened)
                _copy(source, content, path)
            except (*DAMAGE, NotImplementedError) as error:
                raise InputError(
                    f"{path.name}: cannot be unpacked ({error or 'it ends too early'}). Nothing was loaded. Copy it"
                    " again, or unpack it and ingest the file inside."
                ) from error
        if packing_of(content):
            raise InputError(f"{path.name}: the packed file is itself packed. Unpack it once and ingest the result.")
        yield Arrived(path, content, packing)
    finally:
        content.unlink(missing_ok=True)
        with suppress(OSError):  # another file is in it, of a run that was killed
            place.rmdir()


def packing_of(path: Path) -> str:
    """Return gzip or zip by the first bytes of the file, whatever it is called; empty for any other, and a workbook."""
    with path.open("rb") as stream:
        begins = stream.read(4)
    if begins.startswith(_GZIP):
        return "gzip"
    if not begins.startswith(_ZIP) or path.suffix.lower() in WORKBOOK_SUFFIXES:
        return ""
    with suppress(*DAMAGE), zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        return "" if any(name in names for name in _DOCUMENT) or "xl/workbook.xml" in names else "zip"
    return ""


def _open(path: Path, opened: ExitStack) -> tuple[IO[bytes], str]:
    if packing_of(path) == "gzip":
        return cast(IO[bytes], opened.enter_context(gzip.GzipFile(path))), "gzip"
    archive = opened.enter_context(zipfile.ZipFile(path))
    members = [one for one in archive.infolist() if not one.is_dir() and not _is_mark(one.filename)]
    if not members:
        raise InputError(f"{path.name}: the archive holds no file.")
    if len(members) > 1:
        some = ", ".join(one.filename for one in members[:5]) + (", ..." if len(members) > 5 else "")
        raise InputError(
            f"{path.name}: the archive holds {len(members)} files ({some}), and one is allowed. Unpack it and ingest"
            " each file."
        )
    if members[0].flag_bits & 0x1:
        raise InputError(f"{path.name}: {members[0].filename} in the archive has a password. Unpack it first.")
    return opened.enter_context(archive.open(members[0])), f"zip ({members[0].filename})"


def _is_mark(name: str) -> bool:
    """Whether a member is what a system leaves in archives of its own accord."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".") or name.endswith("Thumbs.db")


def _copy(source: IO[bytes], content: Path, path: Path) -> None:
    allowed = max(ANY_WAY, TIMES * path.stat().st_size)
    room = shutil.disk_usage(content.parent).free // 2
    size = 0
    with content.open("wb") as target:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > allowed:
                raise InputError(
                    f"{path.name}: it grows to more than {allowed:,} bytes, {TIMES} times its own size. If you trust"
                    " the file, unpack it and ingest the file inside."
                )
            if size > room:
                raise InputError(
                    f"{path.name}: unpacked, it needs more than half of the free disk space ({room:,} bytes). Nothing"
                    " was loaded. Free disk space and ingest it again."
                )
            target.write(chunk)

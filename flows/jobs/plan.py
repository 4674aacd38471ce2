"""What a backfill would do with a folder of years of extracts: each file, what it is, and in which order they load."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from flows.jobs.failed import one_file
from flows.jobs.inbox import UNFINISHED
from flows.settings import Home
from transforms.errors import EarshotError, InputError
from transforms.ingest.named import plain_name
from transforms.visible import plain_text

if TYPE_CHECKING:
    import duckdb

    from transforms.ingest.land import Digest
    from transforms.layouts.model import Layout

_FIRST = {"items": 0, "licenses": 0, "lines": 1, "filings": 2}
"""What is loaded first within a month: what the lines refer to, the lines, and what refers to them."""
_LAST = "9999-12"


@dataclass(frozen=True)
class Planned:
    """One file of the folder: what it is, and whether it loads."""

    path: Path
    name: str
    """Its path in the folder, as it can be told."""
    size_bytes: int = 0
    kind: str = ""
    layout: str = ""
    month: str = ""
    """As 2024-03; empty where neither its first rows nor its name tell it."""
    month_by: str = ""
    """`rows` or `name`."""
    is_loaded: bool = False
    """Whether the home has loaded the same bytes, so that it is skipped."""
    is_latest: bool = False
    """Whether it is the last file that the home loaded: what a killed run did not write after it is then written."""
    why_not: str = ""
    """Why it is not loaded, where it cannot be."""

    def as_dict(self) -> dict[str, Any]:
        """Return the file as plain values."""
        return {name: value for name, value in asdict(self).items() if name not in ("path", "is_latest")}

    @property
    def turn(self) -> tuple[str, int, str]:
        """What files are ordered by: the oldest month first, in it items before lines, and lines before filings."""
        of_no_month = "" if _FIRST.get(self.kind, 1) == 0 else _LAST
        return self.month or of_no_month, _FIRST.get(self.kind, 1), self.name


def plan_backfill(home: Home, folder: Path, layout: str | None = None) -> list[Planned]:
    """Return the files of a folder and of those in it, in the order in which they load; nothing is written.

    Those that cannot be loaded come last, each with the reason; a link is never followed. Raises InputError where the
    folder is none, where it is part of the home or holds it, or `layout` is not known.
    """
    from transforms.layouts.read import read_layouts

    home.require()
    _require_folder(home, folder)
    layouts = read_layouts(home.layouts)
    if layout is not None and layout not in layouts:
        raise InputError(f"--layout {layout}: no such layout. Allowed: {', '.join(sorted(layouts))}.")
    with ExitStack() as held:
        connection = held.enter_context(_batches(home)) if home.database.is_file() else None
        look = _Looker(connection, layouts, layout, Path(held.enter_context(TemporaryDirectory())))
        files = [look.at(one) for one in _found(folder)]
    return sorted(files, key=lambda one: (bool(one.why_not), *one.turn))


def _batches(home: Home) -> Any:
    from transforms.store import open_store

    return open_store(home.database, read_only=True)


def _require_folder(home: Home, folder: Path) -> None:
    if not folder.is_dir():
        what = "not a folder" if folder.exists() else "the folder does not exist"
        raise InputError(f"{plain_text(str(folder))}: {what}. Give the folder that holds the extracts.")
    inner, outer = folder.resolve(), home.root.resolve()
    if inner == outer or outer in inner.parents or inner in outer.parents:
        raise InputError(
            f"{plain_text(str(folder))}: the folder is part of the home or holds it. Give a folder of extracts outside"
            f" {home.root}."
        )


def _found(folder: Path) -> Iterator[Planned]:
    """Yield the files of a folder and of those in it, by name; what is no file with the reason why it is not read."""
    for place, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted((*files, *(one for one in folders if (Path(place) / one).is_symlink()))):
            path = Path(place, name)
            if name.startswith((".", "~$")) or _leads_within(folder, path):
                continue
            told = Planned(path, "/".join(plain_name(part) for part in path.relative_to(folder).parts))
            if path.is_symlink():
                why = "a link that leads out of the folder, or nowhere, and is not followed. Put the file itself there."
            elif not path.is_file():
                why = "a pipe, a socket or a device, which is not read. Put the extract there as a file."
            elif path.suffix.lower() in UNFINISHED:
                why = "still being written, by its name. Wait until it is whole, or rename it."
            else:
                yield replace(told, size_bytes=path.stat().st_size)
                continue
            yield replace(told, why_not=f"{told.name}: {why}")


def _raise(error: OSError) -> None:
    raise InputError(f"{error.filename}: cannot be read ({error.strerror}). Give yourself the right to it.") from error


def _leads_within(folder: Path, path: Path) -> bool:
    """Whether a path is a link to what the folder has anyway."""
    return path.is_symlink() and path.exists() and folder.resolve() in path.resolve().parents


class _Looker:
    """Looks at one file after the other: how it is read, of which month it is, whether the home has it."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection | None,
        layouts: Mapping[str, Layout],
        layout: str | None,
        place: Path,
    ) -> None:
        self._connection, self._layouts, self._layout, self._place = connection, layouts, layout, place
        query = "select size_bytes, sha256 from batches order by batch_id"
        held = connection.execute(query).fetchall() if connection is not None else []
        self._sizes = {size for size, _ in held}
        self._latest = held[-1][1] if held else ""

    def at(self, file: Planned) -> Planned:
        if file.why_not:
            return file
        try:
            with one_file(file.path):
                return self._look(file)
        except EarshotError as error:
            return replace(file, why_not=str(error))

    def _look(self, file: Planned) -> Planned:
        from transforms.cells.packed import unpacked
        from transforms.ingest.fit import fit_layout
        from transforms.ingest.month import month_of_name, month_of_rows

        with unpacked(file.path, self._place) as arrived:
            found = fit_layout(arrived.source, self._layouts, self._layout)
            by_rows = month_of_rows(arrived.source, found)
        month = by_rows or month_of_name(Path(*Path(file.name).parts))
        known = self._known(file, found.layout)
        return replace(
            file,
            kind=found.layout.kind,
            layout=found.layout.id,
            month=f"{month:%Y-%m}" if month else "",
            month_by="" if month is None else "rows" if by_rows else "name",
            is_loaded=bool(known),
            is_latest=bool(known) and known == self._latest,
        )

    def _known(self, file: Planned, layout: Layout) -> str:
        """Return the sha256 of a file that the home has loaded, as an ingest would find; else the empty text."""
        if self._connection is None or file.size_bytes not in self._sizes:
            return ""
        from transforms.ingest.dated import moment_in_name
        from transforms.ingest.known import known_file
        from transforms.ingest.land import digest

        read: Future[Digest] = Future()
        read.set_result(digest(file.path))
        form = layout.extract.date_in_name
        taken_at = moment_in_name(file.path.name, form) if form else None
        known = known_file(self._connection, file.path, layout, read, taken_at)
        return str(known["sha256"]) if known else ""

"""The files that a home landed: what they were called, and in which order they came as far as its runs tell."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flows.settings import Home
from transforms.ledger.journal import read_seals

_LANDED = re.compile(r"([0-9a-f]{16})-(.+)", re.DOTALL)


@dataclass(frozen=True)
class Landed:
    """A file as it came: the first 16 digits of its sha256, its own name, and where it is now."""

    sha16: str
    name: str
    path: Path
    layout: str = ""
    """The layout that read it, where a run tells that it was loaded."""


def find_landed(home: Home) -> list[Landed]:
    """Return the landed files of the home, and those that were moved to its archives."""
    folders = [home.landed, *sorted(home.archive.glob("*/landed"))]
    paths = [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()) if path.is_file()]
    named = ((_LANDED.fullmatch(path.name), path) for path in paths)
    return [Landed(found.group(1), found.group(2), path) for found, path in named if found]


def order_landed(home: Home, landed: Collection[Landed]) -> list[Landed]:
    """Return the files in the order in which they came: by the first run that rests on them, then by their time."""
    first: dict[str, tuple[int, str]] = {}
    for number, name in enumerate(_runs(home)):
        for one in _inputs(home.reports / name / "manifest.json"):
            first.setdefault(str(one.get("sha256", ""))[:16], (number, str(one.get("layout", ""))))
    known = [replace(one, layout=first[one.sha16][1]) if one.sha16 in first else one for one in landed]
    last = len(first) + 1
    return sorted(
        known, key=lambda one: (first.get(one.sha16, (last, ""))[0], one.path.stat().st_mtime_ns, one.path.name)
    )


def landed_unknown(landed: Collection[Landed], known: Collection[str]) -> list[str]:
    """Return the files of which no sha256 that is known begins as theirs, in words."""
    starts = {sha256[:16] for sha256 in known}
    return [
        f"{one.path.name}: nothing records that it was loaded. If it was not rejected, ingest it: earshot ingest"
        f" {one.path}"
        for one in landed
        if one.sha16 not in starts
    ]


@contextmanager
def own_names(home: Home) -> Iterator[Path]:
    """Yield a folder in which landed files have the names under which they came."""
    place = home.root / ".rebuilding"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def named(file: Landed, name: str, place: Path) -> Path:
    """Return where a landed file stands in such a folder under a name of its own."""
    folder = place / file.sha16
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.unlink(missing_ok=True)
    path.symlink_to(file.path.resolve())
    return path


def _runs(home: Home) -> list[str]:
    """Return the names of runs in reports/, in the order of the journal where journal.txt tells it, then by day."""
    held = [path.parent.name for path in home.reports.glob("[!.]*/manifest.json")]
    order: dict[str, int] = {}
    if read_seals(home.seals):
        for number, line in enumerate(home.seals.read_text(encoding="utf-8", errors="replace").splitlines()):
            cells = line.split("\t")
            if len(cells) == 5 and cells[1] == "run":
                order.setdefault(cells[2], number)
    return sorted(held, key=lambda name: (order.get(name, len(order)), name))


def _inputs(manifest: Path) -> list[dict[str, object]]:
    try:
        found = json.loads(manifest.read_text(encoding="utf-8")).get("inputs", [])
        return [one for one in found if isinstance(one, dict) and "sha256" in one]
    except (OSError, ValueError, AttributeError):
        return []

"""Histories of nights loaded into two homes: one with a database alone, one whose lines stay in a lake."""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from flows.jobs.lake import export
from flows.jobs.lake_home import import_home
from flows.jobs.screen import screen_home
from flows.opening import opened
from flows.parts import read_pointer, write_pointer
from flows.settings import SHIPPED, Home
from tests.support.desk import Desk, make_desk
from tests.support.nights import nights
from transforms.pipeline import read_rows

AS_OF = date(2026, 1, 20)
FIRST = datetime(2026, 1, 1)
Row = dict[str, str]
_DATED = "\nextract: {date_in_name: '-%Y-%m-%d.csv'}\n"
_LEFT_OUT = "not_exports: [{heading: routed, values: [LR], reason: return}]\n"
_TABLES = (
    "batches", "quarantine", "left_out", "endings", "door_profiles", "items", "situations", "accepted",
    "ledger", "ledger_events", "ledger_situations",
)  # fmt: skip
_MOMENTS = {"known_at", "done_at", "sha256", "previous_sha256", "run_id", "at", "seen_at"}


@dataclass(frozen=True)
class Night:
    """One file that comes."""

    name: str
    layout: str
    content: str
    known_from: datetime


def draw_history(seed: int) -> list[Night]:
    """Lines, filings and items of some nights: again, changed, into other months, twice, unreadable, left out.

    The first file holds lines alone. Some files say on which day they were taken, and come late.
    """
    rng = random.Random(seed)
    drawn = nights(rng)
    known: list[Row] = []
    found: list[Night] = []
    for at, (kind, rows) in enumerate(drawn):
        day = FIRST + timedelta(days=at)
        layout = {"lines": "line"}.get(kind, kind)
        taken = (day - timedelta(days=rng.choice([0, 0, 0, 3]))).date()
        if kind == "lines":
            rows = _mess(rng, rows, known)
            known = list({(one["shipment_id"], one["line_number"]): one for one in (*known, *rows)}.values())
            layout = "whole" if at and rng.random() < 0.3 else "line"
        found.append(Night(f"{at}-{kind}-{taken}.csv", layout, as_csv(rows), day))
    return found


def _mess(rng: random.Random, rows: Sequence[Row], known: Sequence[Row]) -> list[Row]:
    """Return the rows with some moved to far months and back, some told twice, contradicted, or not readable."""
    told = [{name: one[name] for name in one if name != "value_recorded"} for one in rows]
    months = [date(2024, 11, 5), date(2025, 1, 12), date(2025, 2, 3), date(2026, 1, 2)]
    for one in rng.sample(list(known), min(len(known), 10)):
        told.append(one | {"export_on": str(rng.choice(months))})
    for one in rng.sample(told, min(len(told), 6)):
        told.append(dict(one))
    for one in rng.sample(told, min(len(told), 4)):
        told.append(one | {"value_usd": "77"})
    for one in rng.sample(told, min(len(told), 6)):
        one["export_on"] = rng.choice(["soon", "2025-13-01"])
    for one in rng.sample(told, min(len(told), 5)):
        one["routed"] = "LR"
    rng.shuffle(told)
    return told


def as_csv(rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def start_desk(folder: Path) -> Desk:
    """Return a home of its own with the layouts of these histories."""
    folder.mkdir(parents=True, exist_ok=True)
    desk = make_desk(folder)
    for name, layout in (("line", "line"), ("filings", "filings"), ("whole", "line")):
        text = (SHIPPED / "data" / "layouts" / f"{layout}.yml").read_text(encoding="utf-8")
        more = {"line": _LEFT_OUT, "filings": "", "whole": f"{_LEFT_OUT}whole: days\n"}[name]
        desk.add_layout(name, text.replace(f"id: {layout}\n", f"id: {name}\nsource: {layout}\n") + _DATED + more)
    return desk


def take(desk: Desk, night: Night) -> dict[str, Any]:
    """Load a file, and return what became of its rows."""
    return desk.take(night.content, night.name, night.layout, known_from=night.known_from).as_dict()


def on_lake(desk: Desk, folder: Path) -> Desk:
    """Return a home on a new lake that holds what another home does."""
    export(desk.home, folder / "lake")
    home = Home(folder / "home")
    import_home(folder / "lake", home, leave_lines=True)
    return Desk(home)


def screened(desk: Desk) -> dict[str, bytes]:
    """Screen a home, and return the files that are told of it."""
    result = screen_home(desk.home, AS_OF)
    return {path.name: path.read_bytes() for path in sorted(result.report.iterdir()) if path.suffix != ".xlsx"}


def told(desk: Desk) -> dict[str, list[str]]:
    """Return what a home holds, apart from when that was done."""
    found = {}
    with opened(desk.home, "test", read_only=True) as connection:
        for name in (*_TABLES, "lines", "filings"):
            rows = read_rows(connection, f"from {name}")
            without = _MOMENTS | {"rowid", "context_key"}
            found[name] = sorted(str({key: one[key] for key in one if key not in without}) for one in rows)
    return found


def copy_home(desk: Desk, home: Path, lake: Path) -> Desk:
    """Return a copy of a home and of the lake beside it, in other folders."""
    shutil.copytree(desk.home.root, home)
    shutil.copytree(desk.home.root.parent / "lake", lake)
    copied = Home(home)
    pointer = read_pointer(copied)
    assert pointer is not None
    write_pointer(copied, replace(pointer, lake=str(lake)))
    return Desk(copied)

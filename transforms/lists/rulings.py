"""What people ruled on pairs of a recorded party and an entry of a list: the same party, or another one.

A ruling holds against that entry alone, until its review date, and lapses where the party is recorded otherwise or the
entry says something else; what it relied on is kept with it. `rulings.csv` beside a home's own lists holds them, and so
does the rulebook that a run is made under.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from transforms.durable import sync
from transforms.errors import InputError, told
from transforms.rulebook.listed import ANOTHER, RULED_ON, SAME, Listed, entry_fingerprint

COLUMNS = (
    "party", "country", "address", "entry_id", "ruling", "reason", "ruled_by", "ruled_on", "review_on", "entry_print",
    "entry_said",
)  # fmt: skip
_KEY = ("party", "country", "address", "entry_id")
Ruling = dict[str, str]


def new_rulings(
    pairs: Iterable[Mapping[str, str]],
    listed: Listed,
    ruling: str,
    reason: str,
    by: str,
    on: date,
    review_on: date | None,
) -> list[Ruling]:
    """Return a ruling for each pair (party, party_country, party_address, entry_id), with what it relies on."""
    entries = {row["entry_id"]: row for row in listed.entries.to_pylist()}
    found = []
    for pair in pairs:
        entry = entries[pair["entry_id"]]
        said = json.dumps({name: entry[name] for name in RULED_ON}, ensure_ascii=False)
        found.append(
            {
                "party": pair["party"], "country": pair["party_country"], "address": pair["party_address"],
                "entry_id": pair["entry_id"], "ruling": ruling, "reason": reason, "ruled_by": by,
                "ruled_on": on.isoformat(), "review_on": review_on.isoformat() if review_on else "",
                "entry_print": entry_fingerprint(entry), "entry_said": said,
            }
        )  # fmt: skip
    return found


def read_rulings(path: Path) -> list[Ruling]:
    """Return the rulings of a file; none where it is not there. Raises InputError with every row that is none."""
    if not path.is_file():
        return []
    text = path.read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    head = next(csv.reader(io.StringIO(text)), [])
    if tuple(head) != COLUMNS:
        raise InputError(f"{path}: the columns are {', '.join(head)} (allowed: {', '.join(COLUMNS)})")
    faults = []
    for at, row in enumerate(rows, start=2):
        if row["ruling"] not in (SAME, ANOTHER):
            faults.append(f'{path.name}, row {at}: ruling "{row["ruling"]}" is not known (allowed: {SAME}, {ANOTHER})')
        for name in ("party", "entry_id", "reason", "ruled_by", "ruled_on", "entry_print"):
            if not (row[name] or "").strip():
                faults.append(f"{path.name}, row {at}: {name} is blank (allowed: a value)")
        for name in ("ruled_on", "review_on"):
            if row[name] and not _is_day(row[name]):
                faults.append(f'{path.name}, row {at}: {name} "{row[name]}" is not a date (allowed: 2026-12-31)')
    if faults:
        raise InputError("No ruling was read:\n" + told(faults, 100))
    return rows


def write_rulings(path: Path, rulings: Iterable[Ruling]) -> None:
    """Write rulings, the last one on each pair; the file appears whole."""
    last = {tuple(one[name] for name in _KEY): one for one in rulings}
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(as_text([last[key] for key in sorted(last)]), "utf-8")
    sync(partial)
    partial.replace(path)


def as_text(rulings: Sequence[Ruling]) -> str:
    """Return rulings as CSV."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rulings)
    return stream.getvalue()


def due(rulings: Iterable[Ruling], today: date) -> list[Ruling]:
    """Return those that are not past their review date."""
    return [one for one in rulings if not one["review_on"] or date.fromisoformat(one["review_on"]) >= today]


def said_of(ruling: Mapping[str, str]) -> dict[str, Any]:
    """Return what the entry said when it was ruled on."""
    return dict(json.loads(ruling["entry_said"] or "{}"))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True

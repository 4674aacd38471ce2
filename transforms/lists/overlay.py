"""A rulebook with a home's own lists in it: what a user took up with `earshot lists update`, in place of what came with
the rulebook.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from transforms.durable import sync
from transforms.lists.rulings import as_text as as_ruling_text
from transforms.lists.rulings import due, read_rulings
from transforms.rulebook.hashes import hash_files, rulebook_hash
from transforms.rulebook.listed import ROOM, RULINGS
from transforms.rulebook.listed_rows import BETWEEN, COLUMNS

_MARK = ".made-of"


def write_list(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the entries of one list as `rules/parties/*.csv` have them; the file appears whole."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(as_text(sorted(rows, key=lambda row: (row["name"].casefold(), row["entry_id"]))), "utf-8")
    sync(partial)
    partial.replace(path)


def as_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return entries as CSV, without the columns that none of them fills."""
    told = [{name: _cell(name, row.get(name)) for name in COLUMNS} for row in rows]
    columns = [name for name in COLUMNS if any(row[name] for row in told)] or list(COLUMNS)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(told)
    return stream.getvalue()


def _cell(name: str, value: object) -> str:
    if isinstance(value, list | tuple):
        return BETWEEN[name].join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value or "")


def with_lists(rules: Path, lists: Path, target: Path, today: date) -> Path:
    """Return the rulebook `target`: that under `rules`, with the lists in the folder `lists` in place of its own.

    It is made anew where either changed. Of a list that both have, the later copy counts; of rulings, those that are
    not past their review date.
    """
    rulings = as_ruling_text(due(read_rulings(lists / RULINGS), today))
    made_of = f"{rulebook_hash(rules)} {rulebook_hash(lists)} {hash_files([(RULINGS, rulings.encode())])}"
    mark = target / _MARK
    if mark.is_file() and mark.read_text("utf-8") == made_of:
        return target
    partial = target.with_name(f".{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(rules, partial, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    (partial / ROOM).mkdir(exist_ok=True)
    own = {path.name: _rows(path) for path in sorted(lists.glob("*.csv")) if path.name != RULINGS}
    shipped = {path: _rows(path) for path in sorted((partial / ROOM).glob("*.csv"))}
    newest: dict[str, str] = {}
    for rows in shipped.values():
        for row in rows:
            newest[row["list"]] = max(newest.get(row["list"], ""), row["as_of"])
    kept = {
        name: [row for row in rows if row["as_of"] >= newest.get(row["list"], "")] for name, rows in own.items()
    }
    replaced = {row["list"] for rows in kept.values() for row in rows}
    for path, rows in shipped.items():
        if replaced & {row["list"] for row in rows}:
            _write(path, [row for row in rows if row["list"] not in replaced])
    for name, rows in kept.items():
        if rows:
            _write(partial / ROOM / f"own-{name}", rows)
    (partial / ROOM / RULINGS).write_text(rulings, "utf-8")
    (partial / _MARK).write_text(made_of, "utf-8")
    shutil.rmtree(target, ignore_errors=True)
    partial.replace(target)
    return target


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    if not rows:
        path.unlink(missing_ok=True)
        return
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

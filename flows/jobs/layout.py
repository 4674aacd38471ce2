"""Draft a layout for a new source, and check one, also against a file that it is to read."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from flows.jobs.failed import one_file
from flows.jobs.ingest import require_file
from flows.settings import RULES, Home
from transforms.errors import InputError
from transforms.ingest.named import plain_name, plainly_named

if TYPE_CHECKING:
    from transforms.kinds import KindName


def draft_layout(home: Home, path: Path, kind: KindName | None, to: Path | None, sheet: str) -> dict[str, Any]:
    """Write a first layout for the file and return what was matched and what is left to decide.

    It goes to `to`, or to a file in the working folder that is named after the extract; one that is there is never
    overwritten. Raises InputError for that, and for a file that cannot be read.
    """
    from transforms.cells.sample import read_sample
    from transforms.layouts.draft import draft_columns
    from transforms.layouts.draft_yaml import write_draft
    from transforms.layouts.read import read_layouts

    require_file(path)
    layouts = read_layouts(home.layouts)
    target = to or Path(f"{_id_for(path, set(layouts))}.yml")
    if target.suffix not in (".yml", ".yaml"):
        raise InputError(f"--output {target}: the file name must end in .yml.")
    name = plain_name(path.name)
    with one_file(path), TemporaryDirectory() as folder, plainly_named(path, Path(folder)) as named:
        sample = read_sample(named, Path(folder), sheet)
    draft = draft_columns(sample.headings, layouts, kind)
    text = write_draft(draft, target.stem, name, sample.rows, sample.form, is_text=sample.is_text)
    try:
        with target.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise InputError(f"{target}: the file exists and is not overwritten. Give another name with -o.") from error
    left = [heading for _, heading, _ in draft.left]
    columns = {one.column: {"heading": one.heading, "confidence": one.confidence} for one in draft.suggestions}
    return {
        "layout": str(target), "kind": draft.kind.name, "headings": len(sample.headings), "columns": columns,
        "left": left, "missing": draft.missing, "to_decide": _left_to_decide(target, sample.headings),
        "warnings": _warnings(target, sample.headings, sample.rows),
    }  # fmt: skip


def check_layout(path: Path, extract: Path | None) -> dict[str, Any]:
    """Return what is left to decide in a layout file: its faults, and the headings of `extract` that are new to it."""
    if not path.is_file():
        raise InputError(f"{path}: the file does not exist.")
    headings: list[str] = []
    rows: list[list[str]] = []
    if extract is not None:
        from transforms.cells.sample import read_sample
        from transforms.layouts.read import read_layout

        require_file(extract)
        sheet = ""
        with suppress(InputError):
            sheet = read_layout(path).format.sheet
        with one_file(extract), TemporaryDirectory() as folder, plainly_named(extract, Path(folder)) as named:
            sample = read_sample(named, Path(folder), sheet)
        headings, rows = sample.headings, sample.rows
    warnings = _warnings(path, headings, rows)
    return {"layout": str(path), "to_decide": _left_to_decide(path, headings), "warnings": warnings}


def _warnings(path: Path, headings: list[str], rows: list[list[str]]) -> list[str]:
    """Return what may be meant and may be a mistake: a currency that is not read; without a file, of those ignored."""
    from transforms.layouts.currency import told, unread_currencies
    from transforms.layouts.read import LayoutError, read_layout
    from transforms.rulebook.currencies import read_currencies

    try:
        layout = read_layout(path)
    except LayoutError:
        return []
    codes = {row["code"] for row in read_currencies(RULES / "tables")}
    return told(unread_currencies(layout, headings or layout.ignore, rows, codes))


def _left_to_decide(path: Path, headings: list[str]) -> list[str]:
    from transforms.layouts.match import match, shown_differences
    from transforms.layouts.read import LayoutError, read_layout

    try:
        layout = read_layout(path)
        return shown_differences(match(layout, headings)) if headings else []
    except LayoutError as error:
        return [str(fault) for fault in error.faults]
    except InputError as error:
        return [str(error)]


def _id_for(path: Path, taken: set[str]) -> str:
    name = re.sub("[^A-Za-z0-9._-]+", "-", path.name.split(".")[0]).strip("-._")[:100] or "extract"
    return f"my-{name}" if name in taken else name

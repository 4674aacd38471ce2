"""Draft a layout for a new source, and check one, also against a file that it is to read."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from flows.jobs.failed import one_file
from flows.jobs.ingest import require_file
from flows.settings import LAYOUTS, RULES, Home
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
    from transforms.drafts.choose import Knowledge, draft_columns
    from transforms.drafts.contents import Lists
    from transforms.drafts.known import read_known
    from transforms.drafts.tell import tell_draft
    from transforms.drafts.words import read_words
    from transforms.drafts.yaml import write_draft
    from transforms.layouts.read import read_layouts
    from transforms.rulebook.currencies import read_currencies
    from transforms.rulebook.places import read_table

    require_file(path)
    layouts = read_layouts(home.layouts)
    target = to or Path(f"{_id_for(path, set(layouts))}.yml")
    if target.suffix not in (".yml", ".yaml"):
        raise InputError(f"--output {target}: the file name must end in .yml.")
    name = plain_name(path.name)
    with one_file(path), TemporaryDirectory() as folder, plainly_named(path, Path(folder)) as named:
        sample = read_sample(named, Path(folder), sheet)
    tables = RULES / "tables"
    lists = Lists(
        {row["name"] for row in read_table(tables / "country_names.csv")},
        {row["code"] for row in read_currencies(tables)},
    )
    words = read_words(LAYOUTS / "words")
    knowledge = Knowledge(words, read_known(LAYOUTS / "known", words), layouts, lists)
    draft = draft_columns(sample.headings, sample.rows, knowledge, kind)
    text = write_draft(draft, target.stem, name, sample.rows, sample.form, is_text=sample.is_text)
    try:
        with target.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise InputError(f"{target}: the file exists and is not overwritten. Give another name with -o.") from error
    told = tell_draft(draft, sample.rows)
    warnings = dict.fromkeys([*draft.warnings, *_warnings(target, sample.headings, sample.rows)])
    return {
        "layout": str(target), "headings": len(sample.headings), **told,
        "to_decide": _left_to_decide(target, sample.headings), "warnings": list(warnings),
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
    """Return what may be meant and may be a mistake: what is not read and looks like a currency, or like it matters.

    Without a file, of the headings that the layout ignores.
    """
    from transforms.drafts.known import read_known
    from transforms.drafts.matters import ignored_though_it_matters
    from transforms.drafts.words import read_words
    from transforms.layouts.overlooked import overlooked, told, unread_currencies
    from transforms.layouts.read import LayoutError, read_layout
    from transforms.rulebook.currencies import read_currencies

    try:
        layout = read_layout(path)
    except LayoutError:
        return []
    codes = {row["code"] for row in read_currencies(RULES / "tables")}
    seen = headings or layout.ignore
    words = read_words(LAYOUTS / "words")
    others = overlooked(layout, seen, rows)
    matter = ignored_though_it_matters(layout, seen, rows, words, read_known(LAYOUTS / "known", words), others)
    return told(unread_currencies(layout, seen, rows, codes), others) + matter


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

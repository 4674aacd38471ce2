"""Draft a layout for a new source, and check one, also against a file that it is to read."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from flows.jobs.failed import one_file
from flows.jobs.ingest import require_file
from flows.jobs.look import look_at_sample, look_at_whole, refuse_page, told_look, understood_of, write_page
from flows.settings import LAYOUTS, RULES, Home
from transforms.errors import InputError
from transforms.ingest.named import plain_name, plainly_named

if TYPE_CHECKING:
    from transforms.kinds import KindName


def draft_layout(
    home: Home,
    path: Path,
    kind: KindName | None,
    to: Path | None,
    sheet: str,
    page: Path | None = None,
    *,
    look: bool = False,
) -> dict[str, Any]:
    """Write a first layout for the file and return what was matched and what is left to decide.

    It goes to `to`, or to a file in the working folder that is named after the extract; one that is there is never
    overwritten. Raises InputError for that, and for a file that cannot be read. To `look` is to read the first rows
    under it as well, and to write what they become to `page`, or beside the layout.
    """
    from transforms.cells.sample import read_sample
    from transforms.drafts.choose import Knowledge, draft_columns
    from transforms.drafts.contents import Lists
    from transforms.drafts.known import read_known
    from transforms.drafts.provisional import provisional_layout
    from transforms.drafts.tell import tell_draft
    from transforms.drafts.words import read_words
    from transforms.drafts.yaml import write_draft
    from transforms.ingest.forms import country_names
    from transforms.layouts.read import read_layouts
    from transforms.rulebook.currencies import read_currencies

    require_file(path)
    layouts = read_layouts(home.layouts)
    target = to or Path(f"{_id_for(path, set(layouts))}.yml")
    if target.suffix not in (".yml", ".yaml"):
        raise InputError(f"--output {target}: the file name must end in .yml.")
    page = page or target.with_suffix(".html")
    if look:
        refuse_page(page)
    name = plain_name(path.name)
    with one_file(path), TemporaryDirectory() as folder, plainly_named(path, Path(folder)) as named:
        sample = read_sample(named, Path(folder), sheet)
    tables = RULES / "tables"
    lists = Lists(
        set(country_names(tables, LAYOUTS / "words")),
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
    drafted = {
        "layout": str(target), "headings": len(sample.headings), **told,
        "to_decide": _left_to_decide(target, sample.headings), "warnings": list(warnings),
    }  # fmt: skip
    if not look:
        return drafted
    text = provisional_layout(draft, target.stem, name, sample.rows, sample.form, is_text=sample.is_text)
    seen, why = look_at_sample(home, path, sample, text, target.stem)
    asked = {one.column for one in draft.questions}
    understood = understood_of(
        name, seen, layout=target.name, is_draft=True, kind=draft.kind.name, unread_because=why, why=draft.why,
        source=draft.source, form=sample.read_as, headings_at=sample.at, titles=sample.title, asks=told["asks"],
        reasons=told["columns"] | {
            name: {"heading": "", "sample": "", "confidence": "open", "reason": "you decide"} for name in asked
        },
        to_decide=drafted["to_decide"], warnings=drafted["warnings"], without=list(told["without"].values()),
    )  # fmt: skip
    replaced = write_page(page, understood)
    return {**drafted, **told_look(seen, why, page, replaced, is_whole=False)}


def check_layout(
    path: Path, extract: Path | None, home: Home | None = None, page: Path | None = None
) -> dict[str, Any]:
    """Return what is left to decide in a layout file: its faults, and the headings of `extract` that are new to it.

    With a `home`, whose rulebook is asked, also what every row of the extract becomes; it goes to `page` too.
    """
    if not path.is_file():
        raise InputError(f"{path}: the file does not exist.")
    if page:
        if extract is None:
            raise InputError(f"--page {page}: a page shows an extract. Name one after the layout.")
        refuse_page(page)
    if extract is None:
        return {"layout": str(path), "to_decide": _left_to_decide(path, []), "warnings": _warnings(path, [], [])}
    from transforms.cells.packed import unpacked
    from transforms.cells.sample import read_sample
    from transforms.drafts.without import without
    from transforms.layouts.read import read_layout

    require_file(extract)
    layout = None
    with suppress(InputError):
        layout = read_layout(path)
    at = layout.format.heading_row if layout else ()
    with one_file(extract), TemporaryDirectory() as place, plainly_named(extract, Path(place)) as named:
        sample = read_sample(named, Path(place), layout.format.sheet if layout else "", at=at)
        checked = {
            "layout": str(path), "to_decide": _left_to_decide(path, sample.headings),
            "warnings": _warnings(path, sample.headings, sample.rows),
        }  # fmt: skip
        if home is None:
            return checked
        with unpacked(named, Path(place)) as file:
            seen, found, why = look_at_whole(home, file, path, Path(place))
    if why and not checked["to_decide"]:
        checked["to_decide"] = [why]
    replaced = False
    if page:
        understood = understood_of(
            plain_name(extract.name), seen, layout=path.name, is_draft=False, is_whole=True,
            kind=layout.kind if layout else "", unread_because=why, form=seen.read_as if seen else sample.read_as,
            headings_at=found.at if found else sample.at, titles=sample.title, to_decide=checked["to_decide"],
            warnings=checked["warnings"],
            without=list(without(layout.kind, {*layout.columns, *layout.constants}).values()) if layout else [],
        )  # fmt: skip
        replaced = write_page(page, understood)
    return {**checked, **told_look(seen, why, page, replaced, is_whole=True)}


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

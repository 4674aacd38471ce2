"""Look at a file under a layout before anything is loaded: what its rows become, for the terminal, JSON and a page."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from flows.settings import RULES, VERSION, Home
from transforms.errors import EarshotError, InputError

if TYPE_CHECKING:
    from transforms.cells.packed import Arrived
    from transforms.cells.sample import Sample
    from transforms.kinds import KindName
    from transforms.layouts.match import Match
    from transforms.look.model import Look
    from transforms.look.needs import Needs
    from transforms.reports.understood.model import Understood


def look_at_sample(home: Home, path: Path, sample: Sample, layout: str, layout_id: str) -> tuple[Look | None, str]:
    """Return what the rows of a sample become under a layout (its YAML), or None and why nothing was read."""
    from transforms.cells.source import Text
    from transforms.ingest.readable import read_as_copied
    from transforms.layouts.match import match
    from transforms.layouts.read import read_layout
    from transforms.look.read import look_at_text, trial

    with TemporaryDirectory() as place:
        folder = Path(place)
        written, copy = folder / f"{layout_id}.yml", folder / "rows.csv"
        written.write_text(layout, encoding="utf-8")
        try:
            read = read_layout(written)
            found = replace(match(read, sample.headings), at=sample.at, unstated=read.format.unstated)
            delimiter = sample.form.delimiter if sample.is_text else ","
            with copy.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
                writer.writerows([sample.headings, *sample.rows])
            text = Text(copy, tuple(sample.headings), delimiter, is_typed=sample.is_typed)
            found = found if sample.is_text else read_as_copied(found, text)
            with trial(folder, home.tables, _terms(home)) as connection:
                return look_at_text(connection, path, text, found, _needs(home, found.layout.kind)), ""
        except InputError as error:
            return None, str(error).replace(f"{folder}/", "")


def look_at_whole(home: Home, file: Arrived, layout: Path, folder: Path) -> tuple[Look | None, Match | None, str]:
    """Return what every row of a file becomes under a layout, and how that reads it, or None and why none was read."""
    from transforms.ingest.fit import fit_layout
    from transforms.layouts.read import read_layout
    from transforms.look.read import look_at_file, trial

    found = None
    try:
        read = read_layout(layout)
        found = fit_layout(file.source, {read.id: read}, read.id)
        with trial(folder, home.tables, _terms(home)) as connection:
            return look_at_file(connection, file, found, folder, _needs(home, read.kind)), found, ""
    except InputError as error:
        return None, found, str(error)


def _needs(home: Home, kind: KindName) -> list[Needs]:
    """Return what the rules need; where the rulebook of the home is at fault, nothing is said of rules."""
    from transforms.compare.read import read_comparisons
    from transforms.look.needs import needs_of
    from transforms.rulebook.read import read_rulebook

    with suppress(EarshotError):
        comparisons = read_comparisons(home.rules, RULES)[0] if kind == "filings" else ()
        return needs_of(kind, read_rulebook(home.rules, with_cases=False), comparisons)
    return []


def _terms(home: Home) -> Mapping[str, Any]:
    from transforms.facts import all_terms
    from transforms.rulebook.read_parameters import known_parameters

    return known_parameters(home.rules).terms(all_terms())


def refuse_page(page: Path) -> None:
    """Raise InputError where a page would take the place of a file that is no page of an earlier look."""
    if page.suffix.lower() not in (".html", ".htm"):
        raise InputError(f"--page {page}: the file name must end in .html.")
    if page.exists() and not _is_ours(page):
        raise InputError(f"{page}: the file exists and is not overwritten. Give another name with --page.")


def write_page(page: Path, understood: Understood) -> bool:
    """Write the page, and return whether it took the place of an earlier one."""
    from transforms.reports.understood.page import render_understood

    refuse_page(page)
    was_there = page.exists()
    page.write_text(render_understood(understood), encoding="utf-8", errors="backslashreplace")
    return was_there


def _is_ours(page: Path) -> bool:
    from transforms.reports.understood.page import MARK

    if not page.is_file():
        return False
    with page.open("rb") as stream:
        return MARK.encode() in stream.read(2000)


def told_look(look: Look | None, why: str, page: Path | None, replaced: bool, *, is_whole: bool) -> dict[str, Any]:
    """Return what was seen as data: for JSON, and for the terminal."""
    seen = {**look.as_dict(), "is_whole": is_whole} if look else None
    return {"look": seen, "not_read": why, "page": str(page) if page else None, "page_replaced": replaced}


def understood_of(name: str, look: Look | None, **said: Any) -> Understood:
    """Return what the page says of a file."""
    from transforms.reports.understood.model import Understood

    return Understood(name, version=VERSION, look=look, **said)

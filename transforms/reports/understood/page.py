"""The page "What Earshot understood": one self-contained HTML file, without JavaScript or network.

Whatever comes from the file is hostile: the template escapes it, `plain` shows what cannot be seen and cuts it short.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from transforms.columns import heading
from transforms.look.model import Look, RowLook, RuleLook
from transforms.reports.templating import render
from transforms.reports.understood.model import Understood
from transforms.visible import visible

_PAGE = "understood/page.html.j2"
MARK = '<meta name="generator" content="Earshot: what was understood of a file">'
"""By which a page of an earlier look is known, which may be replaced."""
KINDS = {
    "lines": "Each row is a shipment line",
    "items": "Each row is a record of the item master",
    "filings": "Each row is a line of an AES filing",
}
VERDICTS = {"yes": "can be judged", "in part": "can be judged in part", "no": "cannot be judged"}
_LONGEST = 120


def render_understood(understood: Understood) -> str:
    """Return the page as HTML text; the same content gives the same bytes."""
    look = understood.look
    filters: dict[str, Callable[..., str]] = {"heading": heading, "plain": plain, "share": _share}
    return render(
        _PAGE,
        filters,
        u=understood,
        look=look,
        mark=MARK,
        kind=KINDS.get(understood.kind, "Nothing says what a row is"),
        headline=headline(understood),
        read=[one for one in look.columns if one.feeds] if look else [],
        ignored=[one for one in look.columns if not one.feeds] if look else [],
        shown=_side_by_side(look) if look else [],
        groups=_grouped(look.rules) if look else [],
        verdicts=VERDICTS,
        parts=_parts(look) if look else [],
    )


def headline(understood: Understood) -> str:
    """Return what came of the file, in one sentence."""
    look = understood.look
    if look is None:
        return "No row can be read yet."
    rows = f"{look.rows:,} {'row' if look.rows == 1 else 'rows'}"
    first = "" if understood.is_whole else "the first "
    aside = f"{look.quarantined:,} would be quarantined" if look.quarantined else "none would be quarantined"
    out = f", {look.left_out:,} left out as not exports, totals or notes" if look.left_out else ""
    said = f"Of {first}{rows}, {look.rows - look.quarantined - look.left_out:,} can be read; {aside}{out}."
    questions = len(understood.asks)
    if questions:
        said += f" {questions} {'question is' if questions == 1 else 'questions are'} open."
    return said


def plain(text: object, most: int = _LONGEST) -> str:
    """Return text of the file on one line, with signs that can be seen, and not too long."""
    told = visible(" ".join(str(text).split()))
    return told if len(told) <= most else told[:most] + "..."


def _share(part: int, whole: int) -> str:
    """`100 %`, `6.0 %`; never 100 where one is missing, nor 0 where there is one."""
    if not whole or part == whole or not part:
        return "100 %" if whole and part == whole else "0 %"
    return f"{min(99.9, max(0.1, 100 * part / whole)):.1f} %"


def _side_by_side(look: Look) -> list[dict[str, Any]]:
    """Return a row for each column: its heading, the field, and for each of the first rows how it came and what it
    becomes (None: cannot be read, or is not known)."""
    shown = []
    places = [one for one in look.columns if not one.constant]
    for place, column in enumerate(places):
        for name in column.feeds or [""]:
            cells = [_cell(row, place, name) for row in look.first_rows]
            shown.append({"heading": column.heading, "field": name, "constant": "", "cells": cells})
    for column in look.columns:
        if column.constant:
            cells = [("", row.becomes.get(column.feeds[0])) for row in look.first_rows]
            shown.append({"heading": "", "field": column.feeds[0], "constant": column.constant, "cells": cells})
    return sorted(shown, key=lambda one: not one["field"])


def _cell(row: RowLook, place: int, name: str) -> tuple[str, str | None]:
    came = row.cells[place].strip() if place < len(row.cells) else ""
    becomes = row.becomes.get(name) if name else None
    is_same = becomes is not None and "." in came and came.rstrip("0").rstrip(".") == becomes
    return came, came if is_same else becomes


def _grouped(rules: Sequence[RuleLook]) -> list[tuple[str, list[RuleLook]]]:
    """Return the rules by group, those that cannot be judged first."""
    order = {"no": 0, "in part": 1, "yes": 2}
    groups: dict[str, list[RuleLook]] = {}
    for rule in rules:
        groups.setdefault(rule.group, []).append(rule)
    return [(group, sorted(some, key=lambda one: order[one.verdict])) for group, some in groups.items()]


def _parts(look: Look) -> list[tuple[int, str]]:
    """Return what the rows add up from, each with its noun; what is none is left out but for what loads."""
    nouns = {"line": "lines", "item record": "item records", "line of a filing": "lines of filings"}
    parts = [
        (look.loaded, look.noun if look.loaded == 1 else nouns.get(look.noun, "records")),
        (look.duplicates, "exact duplicate" if look.duplicates == 1 else "exact duplicates"),
        (look.restated, "earlier version" if look.restated == 1 else "earlier versions"),
        (look.quarantined, "quarantined row" if look.quarantined == 1 else "quarantined rows"),
        (look.left_out, "row left out" if look.left_out == 1 else "rows left out"),
    ]
    return [part for place, part in enumerate(parts) if not place or part[0]]

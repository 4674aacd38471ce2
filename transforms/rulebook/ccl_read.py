"""Reading `rules/ccl`: every row of every table is checked, and all faults are found before anything is refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

from transforms.errors import Fault
from transforms.rulebook.ccl import (
    FIRM,
    KINDS,
    NO_CCL,
    NOTE,
    SCOPES,
    CclRule,
    CommerceControlList,
    ControlRow,
    Dated,
    Entry,
    ExceptionRow,
)  # fmt: skip
from transforms.rulebook.ccl_cells import Cells, read_cells
from transforms.rulebook.ccl_read_exceptions import dated_cells, exception_row, restriction_row
from transforms.rulebook.ccl_settled import check_settled
from transforms.rulebook.item_facts import clauses_of
from transforms.rulebook.words import KnownWords

ROOM = "ccl"
FILES = {
    "reasons.csv": ("rule_id", "reason", "title", "authority", "severity", "remedy"),
    "entries.csv": ("entry", "heading", "kind", "itar", "from", "until", "source", "confidence", "note"),
    "controls.csv": (
        "entry", "reason", "scope", "paragraphs", "except", "doubted", "column", "section", "destinations",
        "activities", "from", "until", "known_from", "known_until", "fact", "related", "settled_by", "left_open",
        "cancels", "source", "confidence", "note",
    ),
    "exceptions.csv": (
        "entry", "exception", "stance", "paragraphs", "except", "value_usd", "condition", "destinations", "from",
        "until", "source", "confidence",
    ),
    "restrictions.csv": (
        "paragraph", "entries", "paragraphs", "reasons", "columns", "sections", "destinations", "open", "closes",
        "condition", "from", "until", "source", "confidence",
    ),
}  # fmt: skip
"""The tables, with their headings in order."""
LATER = {
    "entries.csv": ("itar",), "controls.csv": ("settled_by", "left_open"), "exceptions.csv": ("destinations",),
    "restrictions.csv": ("paragraphs", "columns", "closes", "condition"),
}  # fmt: skip
"""Columns that came later: a rulebook of before lacks them."""
_ACTIVITIES = ("export", "reexport", "in_country_transfer")
_SEVERITIES = ("high", "medium", "low")


def read_ccl(root: Path, words: KnownWords) -> tuple[CommerceControlList, list[Fault]]:
    """Return the Commerce Control List of a rulebook, and every fault of its tables with row and column.

    Of a rulebook without the folder it is empty.
    """
    folder = root / ROOM
    if not folder.is_dir():
        return NO_CCL, []
    faults: list[Fault] = []
    tables = {
        name: list(read_cells(folder / name, columns, faults, LATER.get(name, ()))) for name, columns in FILES.items()
    }
    rules = _rules(tables["reasons.csv"])
    entries = [_entry(one) for one in tables["entries.csv"]]
    known = {one.entry for one in entries}
    found = CommerceControlList(
        rules,
        tuple(entries),
        tuple(_control(one, known, rules, words) for one in tables["controls.csv"]),
        tuple(exception_row(one, known, words) for one in tables["exceptions.csv"]),
        tuple(restriction_row(one, known, rules, words) for one in tables["restrictions.csv"]),
    )
    faults += _overlaps("entries.csv", found.entries, [one.entry for one in found.entries])
    faults += _overlaps("controls.csv", found.controls, [_scope_of_control(one) for one in found.controls])
    faults += _overlaps("exceptions.csv", found.exceptions, [_scope_of_exception(one) for one in found.exceptions])
    faults += _outside(found.entries, "controls.csv", found.controls)
    faults += _outside(found.entries, "exceptions.csv", found.exceptions)
    return found, faults


def _rules(rows: Iterable[Cells]) -> dict[str, CclRule]:
    found: dict[str, CclRule] = {}
    for one in rows:
        reason = one.text("reason", needed=True)
        rule_id = one.text("rule_id", needed=True)
        if rule_id != f"ccl-{reason.lower()}":
            one.fault("rule_id", f'"{rule_id}" is not the id of {reason}', f"ccl-{reason.lower()}")
        if reason in found or reason == NOTE:
            one.fault("reason", f"{reason} stands twice" if reason in found else f"{NOTE} is no reason", "each once")
        found[reason] = CclRule(
            rule_id, reason, one.text("title", needed=True), tuple(one.text("authority", needed=True).split("; ")),
            one.one_of("severity", _SEVERITIES), one.text("remedy", needed=True),
        )  # fmt: skip
    return found


def _entry(one: Cells) -> Entry:
    entry = one.entry({one.cells["entry"]})
    heading, kind = one.text("heading", needed=True), one.one_of("kind", KINDS)
    return Entry(**dated_cells(one), entry=entry, heading=heading, kind=kind, itar=one.paragraphs("itar"))


def _control(one: Cells, known: Collection[str], rules: Mapping[str, CclRule], words: KnownWords) -> ControlRow:
    known_from, known_until = one.days("known_from", "known_until")
    row = ControlRow(
        **dated_cells(one),
        entry=one.entry(known),
        reason=one.one_of("reason", (*rules, NOTE)),
        scope=one.one_of("scope", SCOPES),
        paragraphs=one.paragraphs("paragraphs"),
        but=one.paragraphs("except"),
        doubted=one.paragraphs("doubted"),
        column=one.one_of("column", ("", *sorted(words.chart_columns))),
        section=one.section("section"),
        destinations=one.places("destinations", words),
        activities=one.many_of("activities", _ACTIVITIES),
        known_from=known_from,
        known_until=known_until,
        fact=one.text("fact"),
        related=one.words("related"),
        settled_by=clauses_of(one.text("settled_by"), words.item_facts),
        left_open=one.text("left_open"),
        cancels=one.many_of("cancels", tuple(rules)),
    )
    if bool(row.column) == bool(row.destinations):
        one.fault("column", "both a column and destinations" if row.column else "neither a column nor destinations",
                  "one of them")  # fmt: skip
    if row.column and row.reason != NOTE and not row.column.startswith(row.reason):
        one.fault("column", f"{row.column} is no column of {row.reason}", f"a column of {row.reason}")
    if not row.column and not row.section:
        one.fault("section", "blank, as is the column", "the section that names the destinations")
    if not row.activities:
        one.fault("activities", "blank", ", ".join(_ACTIVITIES))
    if (row.reason == NOTE) != bool(row.cancels):
        one.fault("cancels", "only a note cancels, and it names the reasons", f"with the reason {NOTE}")
    _check_scope(one, row)
    check_settled(one, row, words.item_facts)
    return row


def _check_scope(one: Cells, row: ControlRow) -> None:
    """A scope goes with the paragraphs it speaks of; where a fact decides, the row names it."""
    if row.scope == "listed" and not row.paragraphs:
        one.fault("paragraphs", "blank, and the scope is listed", "the paragraphs that the row covers")
    if row.scope == "except" and not row.but:
        one.fault("except", "blank, and the scope is except", "the paragraphs that the row leaves out")
    if row.scope in ("entire", "except") and row.paragraphs:
        one.fault("paragraphs", f"not blank, and the scope is {row.scope}", "blank, or the scope listed")
    if row.scope == "entire" and row.but:
        one.fault("except", f"not blank, and the scope is {row.scope}", "blank, or the scope except")
    if row.paragraphs and not all(any(out.startswith(f"{word}.") for word in row.paragraphs) for out in row.but):
        one.fault("except", "a paragraph that none of the paragraphs listed holds", "paragraphs of those listed")
    if row.doubted and row.scope != "conditional-except":
        one.fault("doubted", f"not blank, and the scope is {row.scope}", "only with the scope conditional-except")
    needs_fact = row.scope not in FIRM or row.confidence == "low"
    if needs_fact and not row.fact:
        one.fault("fact", "blank, and no shipment record settles the row", "what would settle it")


def _scope_of_control(one: ControlRow) -> tuple[object, ...]:
    return (
        one.entry, one.reason, one.scope, one.paragraphs, one.but, one.column, one.section, one.destinations,
        one.activities, one.related,
    )  # fmt: skip


def _scope_of_exception(one: ExceptionRow) -> tuple[object, ...]:
    return one.entry, one.exception, one.stance, one.paragraphs, one.but, one.value_usd, one.condition, one.destinations


def _overlaps(name: str, rows: Iterable[Dated], scopes: Iterable[object]) -> list[Fault]:
    """Two rows of one scope never have a day in common."""
    by_scope: dict[object, list[Dated]] = defaultdict(list)
    for one, scope in zip(rows, scopes, strict=True):
        by_scope[scope].append(one)
    return [
        Fault(f"rules/{ROOM}/{name}", f"row {after.row}", f"says what row {before.row} says, for days in common",
              "periods that do not overlap")
        for group in by_scope.values()
        for before, after in pairwise(sorted(group, key=lambda one: one.from_on or date.min))
        if before.meets(after)
    ]  # fmt: skip


def _outside(entries: Iterable[Entry], name: str, rows: Iterable[ControlRow] | Iterable[ExceptionRow]) -> list[Fault]:
    """No row speaks of days on which its entry is not in the CCL."""
    periods: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        periods[entry.entry].append(entry)
    return [
        Fault(f"rules/{ROOM}/{name}", f"row {one.row}", f"{one.entry} is not in the CCL on any of its days",
              "days within those of the entry")
        for one in rows
        if one.entry in periods and not any(period.meets(one) for period in periods[one.entry])
    ]  # fmt: skip

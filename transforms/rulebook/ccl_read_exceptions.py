"""Reading what `rules/ccl` says of license exceptions: what entries offer, and what 15 CFR 740.2(a) closes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from transforms.rulebook.ccl import CONFIDENCE, SERIES, STANCES, CclRule, ExceptionRow, Restriction
from transforms.rulebook.ccl_cells import PARAGRAPH_FORM, Cells
from transforms.rulebook.ccl_limits import LISTED, SYMBOLS
from transforms.rulebook.words import KnownWords


def dated_cells(one: Cells) -> dict[str, Any]:
    """Return what every row has: its place, its days, and what it rests on."""
    start, end = one.days()
    source, confidence = one.text("source", needed=True), one.one_of("confidence", CONFIDENCE)
    return {"row": one.row, "from_on": start, "until_on": end, "source": source, "confidence": confidence}


def exception_row(one: Cells, known: Collection[str], words: KnownWords) -> ExceptionRow:
    """Return what one entry says of one exception; its faults are noted."""
    row = ExceptionRow(
        **dated_cells(one),
        entry=one.entry(known),
        exception=one.one_of("exception", (*LISTED, "STA")),
        stance=one.one_of("stance", STANCES),
        paragraphs=one.paragraphs("paragraphs"),
        but=one.paragraphs("except"),
        value_usd=one.number("value_usd"),
        condition=one.text("condition"),
        destinations=one.places("destinations", words),
    )
    if row.value_usd and row.exception != "LVS":
        one.fault("value_usd", f"an amount of {row.exception}", "only of LVS")
    return row


def restriction_row(one: Cells, known: Collection[str], rules: Mapping[str, CclRule], words: KnownWords) -> Restriction:
    """Return a paragraph that closes exceptions; its faults are noted."""
    named, _, but = one.cells["entries"].partition(" except ")
    for word in (*named.split(), *but.split()):
        if word not in known and word not in SERIES:
            one.fault("entries", f'"{word}" is no entry', "an entry of entries.csv, 600 or 9x515")
    return Restriction(
        **dated_cells(one),
        paragraph=one.section("paragraph") or one.text("paragraph", needed=True),
        entries=tuple(named.split()),
        entries_but=tuple(but.split()),
        reasons=one.many_of("reasons", tuple(rules)),
        sections=tuple(one.cells["sections"].split()),
        columns=one.many_of("columns", tuple(sorted(words.chart_columns))),
        destinations=one.places("destinations", words),
        open=one.many_of("open", SYMBOLS),
        paragraphs=_paragraphs(one, known),
        closes=one.many_of("closes", SYMBOLS),
        condition=one.text("condition"),
    )


def _paragraphs(one: Cells, known: Collection[str]) -> tuple[str, ...]:
    """Paragraphs of the entries named, or of any: 3A001.z."""
    words = one.words("paragraphs")
    for word in words:
        if not PARAGRAPH_FORM.fullmatch(word) or "." not in word or word[:5] not in known:
            one.fault("paragraphs", f'"{word}" is not a paragraph of an entry', "such as 3A001.z")
    return words

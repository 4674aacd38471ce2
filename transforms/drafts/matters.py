"""Columns that a layout ignores and that look like they matter: a status, a return flag, an order type."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from transforms.drafts.contents import Column, Lists
from transforms.drafts.known import Source
from transforms.drafts.offers import GUESS, best_source, hear
from transforms.drafts.words import Meaning, Words
from transforms.layouts.model import Layout
from transforms.layouts.naming import fold


def why_it_matters(heading: str, meaning: Meaning, column: Column) -> str:
    """Return what follows where a column is not read, or the empty text where nothing does."""
    if not meaning.matters or (column.values and not column.filled):
        return ""
    return f"{heading!r} ({meaning.means}) is not read: {meaning.matters}."


def ignored_though_it_matters(
    layout: Layout,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    words: Words,
    sources: Sequence[Source],
    told_of: Collection[str] = (),
) -> list[str]:
    """Return a sentence for each heading that the layout does not read and that looks like it matters.

    Not for those that are `told_of` already, nor for a currency, which is told by itself (`layouts/overlooked.py`).
    """
    read = {fold(heading) for heading in (*layout.headings_read, *told_of)}
    columns = [Column([row[place] for row in rows], Lists()) for place in range(len(headings))]
    told = []
    for heard in hear(headings, columns, sources, words, best_source(headings, sources)):
        if fold(heard.heading) in read or not heard.offers or heard.offers[0].confidence == GUESS:
            continue
        meaning = heard.offers[0].meaning
        if meaning.name != "currency" and meaning.column_of(layout.kind) not in layout.columns.keys() - {""}:
            told.append(why_it_matters(heard.heading, meaning, columns[heard.place]))
    return [sentence for sentence in told if sentence]

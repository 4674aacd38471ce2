"""Checks of `settled_by` and `left_open` in `rules/ccl/controls.csv`: which facts of an item settle a row."""

from __future__ import annotations

from collections.abc import Mapping

from transforms.rulebook.ccl import FIRM, NOTE, ControlRow
from transforms.rulebook.ccl_cells import Cells
from transforms.rulebook.item_facts import Term, unreadable, written_terms
from transforms.rulebook.words import did_you_mean


def check_settled(one: Cells, row: ControlRow, known: Mapping[str, Term]) -> None:
    """Note every fault: a fact that nobody knows, one that the row cannot ask for, and one without its ECCNs."""
    written = one.cells["settled_by"]
    terms = [term for part in written_terms(written) for term in part]
    for term in terms:
        if term not in known:
            problem = f'"{term}" is not known{did_you_mean(term, known)}'
            one.fault("settled_by", problem, "a fact of tables/item_facts.csv, or its negation; ; for and, | for or")
        elif terms.count(term) > 1:
            one.fault("settled_by", f'"{term}" stands twice', "each fact once")
    if written and (row.scope in (*FIRM, "text") or row.reason == NOTE):
        problem = f"not blank, and the {'reason' if row.reason == NOTE else 'scope'} is {_kind(row)}"
        one.fault("settled_by", problem, "only with the scope conditional, conditional-except or derived")
    if row.left_open and not written:
        one.fault("left_open", "not blank, and no fact settles the row", "blank, or a fact in settled_by")
    if any(term in known and known[term].fact.takes_eccn for term in terms):
        if not row.related:
            one.fault("related", f'blank, and the row is settled by "{written}"', "the ECCNs that the fact is about")
        for word in unreadable(row.related):
            one.fault("related", f'"{word}" is no ECCN', "such as 3A001.b or 1C001-1C011")


def _kind(row: ControlRow) -> str:
    return NOTE if row.reason == NOTE else row.scope

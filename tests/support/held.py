"""Which mutants of a control do lines tell from it, by the oracle: each paragraph is judged once for a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from tests.support.oracle import Answer, judge_versions, paragraphs_of, strictest
from tests.support.tables_oracle import Tables
from tests.support.truth import Line
from transforms.rulebook.model import Case, Control, Version


class Judged:
    """One line under a control, and under mutants of it that change one paragraph."""

    def __init__(self, control: Control, line: Line, tables: Tables) -> None:
        self.control, self.line, self.tables = control, line, tables

    @cached_property
    def answers(self) -> Mapping[str | None, Answer]:
        """The answer of each paragraph."""
        found = paragraphs_of(self.control)
        return {name: judge_versions(versions, self.line, self.tables) for name, versions in found.items()}

    @cached_property
    def outcome(self) -> str:
        """What the control says."""
        return strictest(self.answers.values()).outcome

    def tells(self, mutant: Control, paragraph: str | None) -> bool:
        """Whether a mutant that differs in this paragraph says something else of the line."""
        versions = tuple(one for one in mutant.versions if one.paragraph == paragraph)
        new = judge_versions(versions, self.line, self.tables)
        if new.outcome == self.answers[paragraph].outcome:
            return False
        others = [one for name, one in self.answers.items() if name != paragraph]
        return strictest([new, *others]).outcome != self.outcome


def judged_cases(control: Control, cases: Iterable[Case], tables: Tables) -> list[tuple[Judged, str]]:
    """The examples that are of one line alone, with what they expect."""
    found = []
    for one in cases:
        item = dict(one.item or {})
        line = {**one.line, "item_facts": item.pop("item_facts", None)}
        if not (one.others or one.filings or item):
            found.append((Judged(control, line, tables), one.expect))
    return found


def changed_version(control: Control, mutant: Control) -> Version:
    """The version in which a mutant differs, the later one where two do."""
    pairs = zip(control.versions, mutant.versions, strict=True)
    return [one for one, other in pairs if one is not other][-1]


def changed_paragraph(control: Control, mutant: Control) -> str | None:
    """The paragraph in which a mutant differs."""
    return changed_version(control, mutant).paragraph

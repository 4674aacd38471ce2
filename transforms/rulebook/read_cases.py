"""Reading examples: the cases of one rule, and those of the rules of the Commerce Control List."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from transforms.content import read_yaml
from transforms.errors import Fault
from transforms.rulebook.across import across_cases
from transforms.rulebook.ccl import NO_CCL, CommerceControlList
from transforms.rulebook.ccl_read import FILES, ROOM, read_ccl
from transforms.rulebook.faults import checked
from transforms.rulebook.model import CaseFile, CaseSheet
from transforms.rulebook.words import KnownWords, did_you_mean


def read_case_file(path: Path, shown_as: str, rule_id: str) -> tuple[CaseFile | None, list[Fault]]:
    """Return the cases of one rule, each line completed by the defaults of its file, and every fault."""
    written, unreadable = read_yaml(path, shown_as)
    sheet, faults = (None, unreadable) if unreadable else checked(CaseSheet, written, shown_as, None, across_cases)
    if not sheet:
        return None, faults
    cases = tuple(case.model_copy(update={"line": sheet.defaults | case.line}) for case in sheet.cases)
    return CaseFile(defaults=sheet.defaults, cases=cases, rule_id=rule_id, path=path), faults


def read_listed_cases(
    folder: Path, rule_ids: Collection[str], *, with_cases: bool
) -> tuple[dict[str, CaseFile], list[Fault]]:
    """Return the examples in `rules/ccl`, a file for each rule that has any; nothing else stands beside the tables."""
    allowed = (*FILES, *(f"{rule_id}.yml" for rule_id in rule_ids))
    found: dict[str, CaseFile] = {}
    faults: list[Fault] = []
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        shown_as = f"{folder.parent.name}/{folder.name}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.name not in allowed or entry.is_dir():
            problem = f"this has no place here{did_you_mean(entry.name, allowed)}"
            faults.append(Fault(shown_as, "", problem, ", ".join(FILES)))
        elif entry.suffix == ".yml" and with_cases:
            sheet, wrong = read_case_file(entry, shown_as, entry.stem)
            faults += wrong
            found |= {entry.stem: sheet} if sheet else {}
    return found, faults


def read_list(
    root: Path, words: KnownWords | None, *, with_cases: bool
) -> tuple[CommerceControlList, dict[str, CaseFile], list[Fault]]:
    """Return the Commerce Control List of a rulebook, its examples, and every fault; nothing without known `words`."""
    if words is None:
        return NO_CCL, {}, []
    ccl, faults = read_ccl(root, words)
    cases, stray = read_listed_cases(root / ROOM, [one.id for one in ccl.rules_by_id], with_cases=with_cases)
    return ccl, cases, [*faults, *stray]

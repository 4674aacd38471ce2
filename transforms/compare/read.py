"""Reading `rules/reconcile/`: every fault is found before anything is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from transforms.compare.rules import ReconcileCase, ReconcileCaseFile, ReconcileCaseSheet, ReconcileRule
from transforms.content import read_yaml
from transforms.errors import Fault, RulebookError
from transforms.line import LINE
from transforms.rulebook.across import NO_VALUE, Found, across_rule
from transforms.rulebook.faults import checked
from transforms.rulebook.forms import as_date
from transforms.rulebook.model import Rulebook
from transforms.rulebook.read import read_rulebook
from transforms.rulebook.words import KnownWords, did_you_mean

_RULE, _CASES = "rule.yml", "cases.yml"
_KINDS = {column.name: column.kind for column in LINE}


def read_reconcile_rules(root: Path, words: KnownWords | None = None) -> tuple[tuple[ReconcileRule, ...], list[Fault]]:
    """Return the rules under `root`/reconcile by id, and every fault of the rules and their cases.

    `root` is the folder of the rulebook; file names in faults are relative to its parent. `words` None leaves country
    codes unchecked but for their form. No such folder is no fault: then nothing is compared.
    """
    reading = _Reading(root.resolve(), words)
    return tuple(rule for _, rule in sorted(reading.rules.items())), reading.faults


def read_rules(root: Path, *, with_cases: bool = True) -> tuple[Rulebook, tuple[ReconcileRule, ...]]:
    """Return the whole rulebook under `root`: what the lines are judged by, and what filings are compared by.

    Raises RulebookError with every fault of either.
    """
    rules, faults = read_reconcile_rules(root)
    try:
        rulebook = read_rulebook(root, with_cases=with_cases)
    except RulebookError as error:
        raise RulebookError([*error.faults, *faults]) from error
    if faults:
        raise RulebookError(faults)
    return rulebook, rules


def read_reconcile_cases(root: Path) -> tuple[dict[str, ReconcileCaseFile], list[Fault]]:
    """Return the cases under `root`/reconcile by rule id, and every fault of the rules and their cases."""
    reading = _Reading(root.resolve(), None)
    return reading.cases, reading.faults


class _Reading:
    """One reading of the room: what was found, faults included."""

    def __init__(self, root: Path, words: KnownWords | None) -> None:
        self.words = words
        self.faults: list[Fault] = []
        self.rules: dict[str, ReconcileRule] = {}
        self.cases: dict[str, ReconcileCaseFile] = {}
        for entry in _entries(root / "reconcile"):
            shown_as = f"{root.name}/reconcile/{entry.name}"
            if entry.is_dir():
                self._folder(entry, shown_as)
            else:
                self.faults.append(Fault(shown_as, "", "this file has no place here", "one folder for each rule"))
        self.faults.sort()

    def _folder(self, folder: Path, shown_as: str) -> None:
        for entry in _entries(folder):
            if entry.name not in (_RULE, _CASES):
                problem = f"this has no place here{did_you_mean(entry.name, (_RULE, _CASES))}"
                self.faults.append(Fault(f"{shown_as}/{entry.name}", "", problem, f"{_RULE}, {_CASES}"))
        written = self._written(folder / _RULE, f"{shown_as}/{_RULE}", "a rule in each folder")
        if written is not None:
            self._rule(written, f"{shown_as}/{_RULE}", folder.name)
        path = folder / _CASES
        if (written := self._written(path, f"{shown_as}/{_CASES}", "cases beside each rule")) is not None:
            sheet, faults = checked(ReconcileCaseSheet, written[0], f"{shown_as}/{_CASES}", None, _across_cases)
            self.faults += faults
            if sheet:
                cases = tuple(_completed(case, sheet) for case in sheet.cases)
                self.cases[folder.name] = ReconcileCaseFile(
                    defaults=sheet.defaults, cases=cases, rule_id=folder.name, path=path
                )

    def _written(self, path: Path, shown_as: str, allowed: str) -> tuple[Any] | None:
        if not path.is_file():
            self.faults.append(Fault(shown_as, "", "the file is missing", allowed))
            return None
        written, faults = read_yaml(path, shown_as)
        self.faults += faults
        return None if faults else (written,)

    def _rule(self, written: tuple[Any], shown_as: str, folder_name: str) -> None:
        rule, faults = checked(ReconcileRule, written[0], shown_as, self.words, across_rule)
        self.faults += faults
        rule_id = written[0].get("id") if isinstance(written[0], dict) else None
        if isinstance(rule_id, str) and rule_id != folder_name:
            problem = f'the id "{rule_id}" is not the name of the folder'
            self.faults.append(Fault(shown_as, "id", problem, folder_name))
        if rule:
            self.rules[folder_name] = rule


def _completed(case: ReconcileCase, sheet: ReconcileCaseSheet) -> ReconcileCase:
    line = None if case.line is None else sheet.defaults.line | case.line
    filing = None if case.filing is None else sheet.defaults.filing | case.filing
    return case.model_copy(update={"line": line, "filing": filing})


def _across_cases(written: Any) -> Iterator[Found]:
    """Yield (key, problem, allowed) for every repeated sentence, unreadable value and line without a day of export."""
    if not isinstance(written, dict):
        return
    defaults = written.get("defaults")
    defaults = defaults if isinstance(defaults, dict) else {}
    yield from _unreadable("defaults", defaults)
    cases = written.get("cases")
    seen: dict[str, str] = {}
    for at, case in enumerate(cases if isinstance(cases, list) else ()):
        if not isinstance(case, dict):
            continue
        key, sentence = f"cases[{at}]", case.get("case")
        if isinstance(sentence, str) and seen.setdefault(sentence.strip(), key) != key:
            yield f"{key}.case", f"the sentence stands also at {seen[sentence.strip()]}", "each sentence once"
        yield from _unreadable(key, case)
        yield from ((f"{key}.{side}", *NO_VALUE) for side in ("line", "filing") if case.get(side, "none") is None)
        line, usual = case.get("line", {}), defaults.get("line")
        if isinstance(line, dict) and not ((usual if isinstance(usual, dict) else {}) | line).get("export_on"):
            yield f"{key}.line.export_on", "missing here and in the defaults", "YYYY-MM-DD"
        if line == "none" and case.get("filing") == "none":
            yield key, "neither a line nor a filing", "a line, a filing, or both"


def _unreadable(key: str, sides: dict[str, Any]) -> Iterator[Found]:
    for side in ("line", "filing"):
        columns = sides.get(side)
        for column, value in columns.items() if isinstance(columns, dict) else ():
            kind = _KINDS.get(str(column))
            if isinstance(value, str) and value and kind in ("date", "integer", "number") and not _is(kind, value):
                allowed = "a day of the calendar as YYYY-MM-DD" if kind == "date" else "a number"
                yield f"{key}.{side}.{column}", f'"{value}" is no {kind}', allowed


def _is(kind: str, value: str) -> bool:
    if kind != "date":
        return value.removeprefix("-").replace(".", "0" if kind == "number" else "", 1).isdecimal()
    try:
        as_date(value)
    except PydanticCustomError:
        return False
    return True


def _entries(folder: Path) -> Iterator[Path]:
    """The entries of a folder by name, without hidden ones; none where there is no folder."""
    if folder.is_dir():
        yield from (entry for entry in sorted(folder.iterdir()) if not entry.name.startswith("."))

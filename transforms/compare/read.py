"""Reading `rules/reconcile/`: every fault is found before anything is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from transforms.compare.before import as_of_now, is_of_before
from transforms.compare.examples import ComparisonCaseFile, ComparisonCaseSheet, across_sides, completed
from transforms.compare.rules import READABLE, Comparison, ComparisonSheet, NamedParameter
from transforms.compare.tables import read_tables
from transforms.content import read_yaml
from transforms.errors import Fault, RulebookError
from transforms.names.words import read_name_words
from transforms.one_select import faults_of_sql, read_select
from transforms.rulebook.across import across_rule
from transforms.rulebook.faults import checked
from transforms.rulebook.model import Rulebook
from transforms.rulebook.parameter import Parameters
from transforms.rulebook.read import RESERVED, read_rulebook
from transforms.rulebook.read_parameters import read_parameters
from transforms.rulebook.words import did_you_mean
from transforms.sql_text import values_of

_RULE, _CASES = "rule.yml", "cases.yml"
_BEFORE = "it is of an earlier version of Earshot, in which comparisons were part of the program"


def read_comparisons(root: Path, shipped: Path | None = None) -> tuple[tuple[Comparison, ...], list[Fault]]:
    """Return the comparisons under `root`/reconcile by id, and every fault of them and their cases.

    `root` is the folder of the rulebook; file names in faults are relative to its parent; a term may name a
    number of its parameters. `shipped` is the rulebook of this version, whose SQL stands in where a comparison is of
    before it had its own (`before.py`); without, such a one is refused. No such folder is no fault: then nothing is
    compared.
    """
    reading = _room(root, shipped)
    return tuple(rule for _, rule in sorted(reading.rules.items())), reading.faults


def read_comparison_cases(root: Path) -> tuple[dict[str, ComparisonCaseFile], list[Fault]]:
    """Return the cases under `root`/reconcile by rule id, and every fault of the comparisons and their cases."""
    reading = _room(root, None)
    return reading.cases, reading.faults


def read_rules(
    root: Path, *, with_cases: bool = True, shipped: Path | None = None
) -> tuple[Rulebook, tuple[Comparison, ...]]:
    """Return the whole rulebook under `root`: what the lines are judged by, and what filings are compared by.

    For `shipped` see `read_comparisons`. Raises RulebookError with every fault of either.
    """
    comparisons, faults = read_comparisons(root, shipped)
    if with_cases:
        faults += read_name_words(root / "tables")[1]
    try:
        rulebook = read_rulebook(root, with_cases=with_cases)
    except RulebookError as error:
        raise RulebookError([*error.faults, *faults]) from error
    taken = {rule.id for rule in rulebook.rules} | set(RESERVED)
    for rule in comparisons:
        if rule.id in taken:
            where = f"{root.resolve().name}/reconcile/{rule.id}/{_RULE}"
            faults.append(Fault(where, "id", f'another rule has the id "{rule.id}" too', "each id once"))
    if faults:
        raise RulebookError(faults)
    return rulebook, comparisons


def holds_comparison(folder: Path) -> bool:
    """Return whether a folder is that of a comparison: SQL that compares stands in it."""
    return any(folder.glob("compare*.sql"))


def read_comparison_draft(
    folder: Path, parameters: Parameters, tables_dir: Path
) -> tuple[tuple[Comparison, ...], dict[str, ComparisonCaseFile]]:
    """Return a comparison that is not in the rulebook, and its cases: it may do without. Raises RulebookError.

    `parameters` and the tables in `tables_dir` are those of the rulebook.
    """
    reading = _Reading(_numbers(parameters), None, tables_dir)
    reading.folder(folder, folder.as_posix(), is_draft=True)
    if reading.faults:
        raise RulebookError(reading.faults)
    return tuple(reading.rules.values()), reading.cases


def _numbers(parameters: Parameters) -> list[str]:
    """The parameters that a term may name: numbers, no lists."""
    return [one.id for one in parameters if not one.is_list]


def _room(root: Path, shipped: Path | None) -> _Reading:
    root, reading = root.resolve(), _Reading(_numbers(read_parameters(root)[0]), shipped, root.resolve() / "tables")
    for entry in _entries(root / "reconcile"):
        shown_as = f"{root.name}/reconcile/{entry.name}"
        if entry.is_dir():
            reading.folder(entry, shown_as)
        else:
            reading.faults.append(Fault(shown_as, "", "this file has no place here", "one folder for each rule"))
    reading.faults.sort()
    return reading


class _Reading:
    """One reading: what was found, faults included."""

    def __init__(self, parameters: Collection[str], shipped: Path | None, tables_dir: Path) -> None:
        self.parameters, self.shipped = parameters, shipped
        self.tables, self.faults = read_tables(tables_dir)
        self.rules: dict[str, Comparison] = {}
        self.cases: dict[str, ComparisonCaseFile] = {}

    def folder(self, folder: Path, shown_as: str, *, is_draft: bool = False) -> None:
        """Read one comparison; in the rulebook the folder is named after it, and has cases."""
        queries = {}
        for path in _entries(folder):
            if path.suffix == ".sql" and path.is_file():
                queries[path.name], faults = read_select(path, f"{shown_as}/{path.name}")
                self.faults += faults
        for entry in _entries(folder):
            if entry.name not in (_RULE, _CASES, *queries):
                problem = f"this has no place here{did_you_mean(entry.name, (_RULE, _CASES))}"
                self.faults.append(
                    Fault(f"{shown_as}/{entry.name}", "", problem, f"{_RULE}, {_CASES}, SQL of its versions")
                )
        written = self._written(folder / _RULE, f"{shown_as}/{_RULE}", "a rule in each folder")
        stands_in = written is not None and is_of_before(written[0])
        if written and stands_in:
            written, queries = self._of_before(written[0], folder, f"{shown_as}/{_RULE}")
        sheet = None if written is None else self._sheet(written[0], f"{shown_as}/{_RULE}", folder.name, is_draft)
        if sheet:
            self._queries(sheet, queries, shown_as)
            self._terms(sheet, f"{shown_as}/{_RULE}")
            stated = {name: getattr(sheet, name) for name in sheet.model_fields_set}
            self.rules[sheet.id] = Comparison(
                **stated, queries=queries, shown_as=shown_as, stands_in=stands_in, tables=self.tables
            )
        path = folder / _CASES
        if is_draft and not path.is_file():
            return
        if (written := self._written(path, f"{shown_as}/{_CASES}", "cases beside each rule")) is not None:
            cases, faults = checked(ComparisonCaseSheet, written[0], f"{shown_as}/{_CASES}", None, across_sides)
            self.faults += faults
            rule_id = sheet.id if sheet else folder.name
            if cases:
                self.cases[rule_id] = completed(cases, rule_id, path)

    def _written(self, path: Path, shown_as: str, allowed: str) -> tuple[Any] | None:
        if not path.is_file():
            self.faults.append(Fault(shown_as, "", "the file is missing", allowed))
            return None
        written, faults = read_yaml(path, shown_as)
        self.faults += faults
        return None if faults else (written,)

    def _of_before(
        self, written: dict[str, Any], folder: Path, shown_as: str
    ) -> tuple[tuple[Any] | None, dict[str, str]]:
        now = as_of_now(written, folder, self.shipped) if self.shipped else None
        if now is None:
            allowed = "about, versions and a compare.sql, as in the rulebook of this version"
            self.faults.append(Fault(shown_as, "", _BEFORE, allowed))
            return None, {}
        return (now[0],), now[1]

    def _sheet(self, written: Any, shown_as: str, folder_name: str, is_draft: bool) -> ComparisonSheet | None:
        sheet, faults = checked(ComparisonSheet, written, shown_as, None, across_rule)
        self.faults += faults
        rule_id = written.get("id") if isinstance(written, dict) else None
        if isinstance(rule_id, str) and rule_id != folder_name and not is_draft:
            problem = f'the id "{rule_id}" is not the name of the folder'
            self.faults.append(Fault(shown_as, "id", problem, folder_name))
        return sheet

    def _queries(self, sheet: ComparisonSheet, queries: Mapping[str, str], shown_as: str) -> None:
        """What versions name must be there, and nothing else; each SQL asks for the terms of its version, and all."""
        named = {version.sql for version in sheet.versions}
        for name in sorted(set(queries) - named):
            self.faults.append(Fault(f"{shown_as}/{name}", "", "no version names this file", ", ".join(sorted(named))))
        for at, version in enumerate(sheet.versions):
            if version.sql not in queries:
                problem = f"named by versions[{at}], and missing"
                self.faults.append(Fault(f"{shown_as}/{version.sql}", "", problem, "one SELECT"))
                continue
            if text := queries[version.sql]:
                terms = version.terms
                self.faults += faults_of_sql(text, f"{shown_as}/{version.sql}", relations=READABLE, values=terms)
            asked = values_of(queries[version.sql])
            for name in sorted(set(version.terms) - asked):
                problem = f"{version.sql} does not ask for it"
                self.faults.append(Fault(f"{shown_as}/{_RULE}", f"versions[{at}].terms.{name}", problem, f"${name}"))

    def _terms(self, sheet: ComparisonSheet, shown_as: str) -> None:
        for at, version in enumerate(sheet.versions):
            for name, term in version.terms.items():
                if isinstance(term, NamedParameter) and term.parameter not in self.parameters:
                    problem = f'there is no parameter "{term.parameter}" in this rulebook'
                    key = f"versions[{at}].terms.{name}.parameter"
                    self.faults.append(Fault(shown_as, key, problem, ", ".join(sorted(self.parameters)) or "a number"))


def _entries(folder: Path) -> Iterator[Path]:
    """The entries of a folder by name, without hidden ones; none where there is no folder."""
    if folder.is_dir():
        yield from (entry for entry in sorted(folder.iterdir()) if not entry.name.startswith("."))

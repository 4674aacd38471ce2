"""Reading rules: the whole rulebook, or one draft. Every fault is found before anything is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from transforms.content import read_yaml
from transforms.errors import Fault, RulebookError
from transforms.one_select import faults_of_sql, read_select
from transforms.rulebook.across import across_rule
from transforms.rulebook.ccl_read import ROOM as CCL
from transforms.rulebook.check import READABLE, READABLE_ROWS, Check
from transforms.rulebook.draft import Draft, Rule, kind_of_draft
from transforms.rulebook.faults import checked
from transforms.rulebook.hashes import rulebook_hash
from transforms.rulebook.listed import ROOM as LISTED
from transforms.rulebook.listed import read_listed
from transforms.rulebook.model import CaseFile, Control, Rulebook
from transforms.rulebook.party import PartyRule
from transforms.rulebook.provision import Filing, Provision
from transforms.rulebook.read_cases import read_case_file, read_list
from transforms.rulebook.read_parameters import ROOM, read_parameters
from transforms.rulebook.words import KnownWords, did_you_mean, known_words

ROOMS: dict[str, type[Rule]] = {"checks": Check, "controls": Control, "eei": Provision, LISTED: PartyRule}
"""The folders that hold one folder per rule, and what kind of rule each holds."""
FOLDERS = (*ROOMS, CCL, ROOM, "reconcile", "tables")
FILES = ("README.md", "coverage.yml", "watch.yml")

_RULE, _CASES, _FILING = "rule.yml", "cases.yml", "filing.yml"
RESERVED = ("eei-filing", "not-judged")
"""Ids of findings that no single rule makes: what all provisions say together, and what no rule could judge."""


class _Reading:
    """One reading: what was found so far, faults included."""

    def __init__(self, words: KnownWords | None, *, with_cases: bool = True) -> None:
        self.words, self.with_cases = words, with_cases
        self.faults: list[Fault] = []
        self.rules: dict[str, Rule] = {}
        self.cases: dict[str, CaseFile] = {}
        self.sql: dict[tuple[str, str], str] = {}
        self.filing: Filing | None = None
        self._id_at: dict[str, str] = {}

    def fault(self, file: str, key: str, problem: str, allowed: str = "") -> None:
        self.faults.append(Fault(file, key, problem, allowed))

    def room(self, folder: Path, shown_as: str) -> None:
        """Read the folder of one kind of rule; beside the EEI provisions stands what they make together."""
        for entry in _entries(folder):
            if entry.is_dir():
                self.rule_folder(entry, f"{shown_as}/{entry.name}", ROOMS[folder.name], needs_cases=True)
            elif (folder.name, entry.name) == ("eei", _FILING):
                self.filing_file(entry, f"{shown_as}/{_FILING}")
            elif (folder.name, entry.suffix) != (LISTED, ".csv"):
                self.fault(f"{shown_as}/{entry.name}", "", "this file has no place here", "one folder for each rule")
        if folder.name == "eei" and any(_entries(folder)) and not (folder / _FILING).is_file():
            self.fault(
                f"{shown_as}/{_FILING}", "", "the file is missing", "what holds of every determination on filing"
            )

    def rule_folder(self, folder: Path, shown_as: str, model: type[Rule], needs_cases: bool) -> None:
        """Read the files of one folder; in the rulebook the folder is named after the rule."""
        files = [entry.name for entry in _entries(folder)]
        queries = [name for name in files if model is Check and name.endswith(".sql")]
        for name in files:
            if name not in (_RULE, _CASES, *queries):
                self.stray(folder / name, f"{shown_as}/{name}", (_RULE, _CASES))
        rule_id = folder.name
        if (folder / _RULE).is_file():
            rule_id = self.rule_file(folder / _RULE, f"{shown_as}/{_RULE}", model) or rule_id
            if needs_cases and rule_id != folder.name:
                problem = f'the id "{rule_id}" is not the name of the folder'
                self.fault(f"{shown_as}/{_RULE}", "id", problem, folder.name)
        else:
            self.fault(f"{shown_as}/{_RULE}", "", "the file is missing", "a rule in each folder")
        rule = self.rules.get(rule_id)
        if isinstance(rule, Check):
            self._queries(folder, shown_as, rule, queries)
        if (folder / _CASES).is_file() and not self.with_cases:
            return
        if (folder / _CASES).is_file():
            self.case_file(folder / _CASES, f"{shown_as}/{_CASES}", rule_id)
        elif needs_cases:
            self.fault(f"{shown_as}/{_CASES}", "", "the file is missing", "cases beside each rule")

    def rule_file(self, path: Path, shown_as: str, model: type[Rule]) -> str | None:
        """Read one rule; return the id it gives itself, where it gives one, even if the rule is refused."""
        written, unreadable = read_yaml(path, shown_as)
        if unreadable:
            self.faults += unreadable
            return None
        rule, faults = checked(model, written, shown_as, self.words, across_rule)
        self.faults += faults
        rule_id = written.get("id") if isinstance(written, dict) else None
        if not isinstance(rule_id, str):
            return None
        if rule_id in RESERVED:
            self.fault(shown_as, "id", f'the id "{rule_id}" is taken by findings that no rule makes alone', "another")
        if rule_id in self._id_at:
            self.fault(shown_as, "id", f'the id "{rule_id}" is also in {self._id_at[rule_id]}', "each id once")
        self._id_at.setdefault(rule_id, shown_as)
        if rule:
            self.rules[rule_id] = rule
        return rule_id

    def _queries(self, folder: Path, shown_as: str, rule: Check, files: list[str]) -> None:
        """Read the SQL of a check: what its versions name must be there, and nothing else."""
        named = {version.sql for version in rule.versions}
        for at, version in enumerate(rule.versions):
            if version.sql not in files:
                self.fault(f"{shown_as}/{version.sql}", "", f"named by versions[{at}], and missing", "one SELECT")
        for name in files:
            if name not in named:
                self.fault(f"{shown_as}/{name}", "", "no version names this file", ", ".join(sorted(named)))
            text, faults = read_select(folder / name, f"{shown_as}/{name}")
            self.faults += faults or faults_of_sql(text, f"{shown_as}/{name}", relations=READABLE, rows=READABLE_ROWS)
            self.sql[rule.id, name] = text

    def filing_file(self, path: Path, shown_as: str) -> None:
        """Read what holds of every determination on filing."""
        written, unreadable = read_yaml(path, shown_as)
        self.filing, faults = (
            (None, unreadable) if unreadable else checked(Filing, written, shown_as, None, across_rule)
        )
        self.faults += faults

    def case_file(self, path: Path, shown_as: str, rule_id: str) -> None:
        """Read the cases of one rule, each line completed by the defaults of its file."""
        sheet, faults = read_case_file(path, shown_as, rule_id)
        self.faults += faults
        self.cases |= {rule_id: sheet} if sheet else {}

    def stray(self, entry: Path, shown_as: str, allowed: tuple[str, ...]) -> None:
        kind = "folder" if entry.is_dir() else "file"
        problem = f"this {kind} has no place here{did_you_mean(entry.name, allowed)}"
        self.fault(shown_as, "", problem, ", ".join(allowed))

    def of_kind(self, kind: Any) -> tuple[Any, ...]:
        """The rules of one kind, by id."""
        return tuple(rule for _, rule in sorted(self.rules.items()) if isinstance(rule, kind))


def read_rulebook(root: Path, words: KnownWords | None = None, *, with_cases: bool = True) -> Rulebook:
    """Return the rulebook under `root`; `words` are those of its tables unless given.

    Examples judge no line: without `with_cases` they are left unread, which saves half of the time.
    Raises RulebookError with every fault; file names are relative to the parent of `root`.
    """
    root = root.resolve()
    if not root.is_dir():
        raise RulebookError([Fault(str(root), "", "there is no such folder", "a folder of rules")])
    reading = _Reading(words, with_cases=with_cases)
    parameters, reading.faults = read_parameters(root)
    if words is None:
        try:
            reading.words = known_words(root / "tables", parameters)
        except RulebookError as error:
            reading.faults += error.faults
    for entry in _entries(root):
        if not (entry.is_dir() and entry.name in FOLDERS) and not (entry.is_file() and entry.name in FILES):
            reading.stray(entry, f"{root.name}/{entry.name}", FOLDERS + FILES)
    for room in ROOMS:
        reading.room(root / room, f"{root.name}/{room}")
    ccl, listed, faults = read_list(root, reading.words, with_cases=with_cases)
    reading.cases |= listed
    reading.faults += faults
    if not reading.rules and not reading.faults:
        reading.fault(
            f"{root.name}/controls", "", "there is no rule, so nothing could be found", "one folder for each rule"
        )
    lists, faults = read_listed(root, reading.words.countries if reading.words else (), is_checked=with_cases)
    reading.faults += faults
    if reading.faults:
        raise RulebookError(reading.faults)
    return Rulebook(
        root, root / "tables", rulebook_hash(root), reading.of_kind(Control), reading.cases,
        reading.of_kind(Provision), reading.filing, reading.of_kind(Check), reading.sql, parameters, ccl,
        reading.of_kind(PartyRule), lists,
    )  # fmt: skip


def read_rule(path: Path, words: KnownWords | None = None) -> tuple[Rule, ...]:
    """Return the rules of a draft, by id, see `read_draft`."""
    return read_draft(path, words).rules


def read_draft(path: Path, words: KnownWords | None = None) -> Draft:
    """Return a draft: one rule for a rule file or its folder, several for a folder of such folders.

    A draft's folder may have any name and needs no cases; cases that stand there are checked. A draft
    with `kind` is an EEI provision, one with SQL beside it a check, one whose versions name `lists` a rule on listed
    parties, any other a control.
    `words` None checks the form of place words only. Raises RulebookError with every fault.
    """
    reading, shown_as = _Reading(words), path.as_posix()
    if path.is_file():
        reading.rule_file(path, shown_as, kind_of_draft(path))
    elif (path / _RULE).exists() or (path / _CASES).exists():
        reading.rule_folder(path, shown_as, kind_of_draft(path / _RULE), needs_cases=False)
    elif path.is_dir() and (folders := [entry for entry in _entries(path) if entry.is_dir()]):
        for folder in folders:
            shown = f"{shown_as}/{folder.name}"
            reading.rule_folder(folder, shown, kind_of_draft(folder / _RULE), needs_cases=False)
    else:
        problem = "there is no rule in this folder" if path.is_dir() else "there is no such file or folder"
        reading.fault(shown_as, "", problem, "a rule.yml, its folder, or a folder of such folders")
    if reading.faults:
        raise RulebookError(reading.faults)
    return Draft(reading.of_kind(Rule), reading.cases, reading.sql)


def _entries(folder: Path) -> Iterator[Path]:
    """The entries of a folder by name, without hidden ones; none where there is no folder."""
    if folder.is_dir():
        yield from (entry for entry in sorted(folder.iterdir()) if not entry.name.startswith("."))

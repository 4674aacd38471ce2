"""Reading rules: the whole rulebook, or one draft. Every fault is found before anything is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from transforms.content import read_yaml
from transforms.errors import Fault, RulebookError
from transforms.rulebook.across import across_cases, across_rule
from transforms.rulebook.faults import checked
from transforms.rulebook.model import CaseFile, CaseSheet, Control, Rulebook
from transforms.rulebook.words import KnownWords, did_you_mean, known_words

FOLDERS = ("checks", "controls", "eei", "tables")
FILES = ("README.md", "coverage.yml", "watch.yml")
HASHED = (".yml", ".csv", ".sql")

_RULE, _CASES = "rule.yml", "cases.yml"


class _Reading:
    """One reading: what was found so far, faults included."""

    def __init__(self, words: KnownWords | None) -> None:
        self.words = words
        self.faults: list[Fault] = []
        self.controls: dict[str, Control] = {}
        self.cases: dict[str, CaseFile] = {}
        self._id_at: dict[str, str] = {}

    def fault(self, file: str, key: str, problem: str, allowed: str = "") -> None:
        self.faults.append(Fault(file, key, problem, allowed))

    def rule_folder(self, folder: Path, shown_as: str, needs_cases: bool) -> None:
        """Read `rule.yml` and `cases.yml` of one folder; in the rulebook the folder is named after the rule."""
        for entry in _entries(folder):
            if entry.name not in (_RULE, _CASES):
                self.stray(entry, f"{shown_as}/{entry.name}", (_RULE, _CASES))
        rule_id = folder.name
        if (folder / _RULE).is_file():
            rule_id = self.rule_file(folder / _RULE, f"{shown_as}/{_RULE}") or rule_id
            if needs_cases and rule_id != folder.name:
                problem = f'the id "{rule_id}" is not the name of the folder'
                self.fault(f"{shown_as}/{_RULE}", "id", problem, folder.name)
        else:
            self.fault(f"{shown_as}/{_RULE}", "", "the file is missing", "a rule in each folder")
        if (folder / _CASES).is_file():
            self.case_file(folder / _CASES, f"{shown_as}/{_CASES}", rule_id)
        elif needs_cases:
            self.fault(f"{shown_as}/{_CASES}", "", "the file is missing", "cases beside each rule")

    def rule_file(self, path: Path, shown_as: str) -> str | None:
        """Read one rule; return the id it gives itself, where it gives one, even if the rule is refused."""
        written, unreadable = read_yaml(path, shown_as)
        if unreadable:
            self.faults += unreadable
            return None
        control, faults = checked(Control, written, shown_as, self.words, across_rule)
        self.faults += faults
        rule_id = written.get("id") if isinstance(written, dict) else None
        if not isinstance(rule_id, str):
            return None
        if rule_id in self._id_at:
            self.fault(shown_as, "id", f'the id "{rule_id}" stands also in {self._id_at[rule_id]}', "each id once")
        self._id_at.setdefault(rule_id, shown_as)
        if control:
            self.controls[rule_id] = control
        return rule_id

    def case_file(self, path: Path, shown_as: str, rule_id: str) -> None:
        """Read the cases of one rule, each line completed by the defaults of its file."""
        written, unreadable = read_yaml(path, shown_as)
        sheet, faults = (None, unreadable) if unreadable else checked(CaseSheet, written, shown_as, None, across_cases)
        self.faults += faults
        if sheet:
            cases = tuple(case.model_copy(update={"line": sheet.defaults | case.line}) for case in sheet.cases)
            self.cases[rule_id] = CaseFile(defaults=sheet.defaults, cases=cases, rule_id=rule_id, path=path)

    def stray(self, entry: Path, shown_as: str, allowed: tuple[str, ...]) -> None:
        kind = "folder" if entry.is_dir() else "file"
        problem = f"this {kind} has no place here{did_you_mean(entry.name, allowed)}"
        self.fault(shown_as, "", problem, ", ".join(allowed))


def read_rulebook(root: Path, words: KnownWords | None = None) -> Rulebook:
    """Return the rulebook under `root`; `words` are those of its tables unless given.

    Raises RulebookError with every fault; file names are relative to the parent of `root`.
    """
    root = root.resolve()
    if not root.is_dir():
        raise RulebookError([Fault(str(root), "", "there is no such folder", "a folder of rules")])
    reading = _Reading(words)
    if words is None:
        try:
            reading.words = known_words(root / "tables")
        except RulebookError as error:
            reading.faults += error.faults
    for entry in _entries(root):
        if not (entry.is_dir() and entry.name in FOLDERS) and not (entry.is_file() and entry.name in FILES):
            reading.stray(entry, f"{root.name}/{entry.name}", FOLDERS + FILES)
    for entry in _entries(root / "controls"):
        shown_as = f"{root.name}/controls/{entry.name}"
        if entry.is_dir():
            reading.rule_folder(entry, shown_as, needs_cases=True)
        else:
            reading.fault(shown_as, "", "this file has no place here", "one folder for each rule")
    if not reading.controls and not reading.faults:
        reading.fault(
            f"{root.name}/controls", "", "there is no rule, so nothing could be found", "one folder for each rule"
        )
    if reading.faults:
        raise RulebookError(reading.faults)
    controls = tuple(control for _, control in sorted(reading.controls.items()))
    return Rulebook(root, root / "tables", rulebook_hash(root), controls, reading.cases)


def read_rule(path: Path, words: KnownWords | None = None) -> tuple[Control, ...]:
    """Return the controls of a draft, by id: one for a rule file or its folder, several for a folder of such folders.

    A draft's folder may have any name and needs no cases; cases that stand there are checked, not returned.
    `words` None checks the form of place words only. Raises RulebookError with every fault.
    """
    reading, shown_as = _Reading(words), path.as_posix()
    if path.is_file():
        reading.rule_file(path, shown_as)
    elif (path / _RULE).exists() or (path / _CASES).exists():
        reading.rule_folder(path, shown_as, needs_cases=False)
    elif path.is_dir() and (folders := [entry for entry in _entries(path) if entry.is_dir()]):
        for folder in folders:
            reading.rule_folder(folder, f"{shown_as}/{folder.name}", needs_cases=False)
    else:
        problem = "there is no rule in this folder" if path.is_dir() else "there is no such file or folder"
        reading.fault(shown_as, "", problem, "a rule.yml, its folder, or a folder of such folders")
    if reading.faults:
        raise RulebookError(reading.faults)
    return tuple(control for _, control in sorted(reading.controls.items()))


def rulebook_hash(root: Path) -> str:
    """Return the sha256, as hex, over path and content of every .yml, .csv and .sql file under `root`.

    Files in order of their relative path; line ends count as newline, hidden files do not count.
    """
    digest = hashlib.sha256()
    for relative, path in sorted((path.relative_to(root).as_posix(), path) for path in root.rglob("*")):
        if path.suffix in HASHED and path.is_file() and not any(part.startswith(".") for part in Path(relative).parts):
            content = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            digest.update(f"{relative}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _entries(folder: Path) -> Iterator[Path]:
    """The entries of a folder by name, without hidden ones; none where there is no folder."""
    if folder.is_dir():
        yield from (entry for entry in sorted(folder.iterdir()) if not entry.name.startswith("."))

"""The SQL and the Python of `transforms/`, as tests of its order read them: who makes a relation, who reads it."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

import transforms
from transforms.relations import UPSTREAM, Relation, all_declared
from transforms.sql_text import tables_of

ROOT = Path(transforms.__file__).parent
_MAKERS = frozenset({"make", "make_table", "make_view", "give"})
"""The functions of `pipeline.py` that make a relation of the name that they are given."""
_MADE = frozenset({"leaves", "steps"})
"""What a stage says that it makes."""
_PARTS = {"decide": frozenset({"answered", "lacking"})}
"""Parts of a statement that Python puts together around SQL of the rulebook: no relations, and read in it alone."""
_OF_DUCKDB = frozenset({"reject_errors", "reject_scans"})
"""What DuckDB itself leaves where a file is read with `store_rejects`."""
_CREATED = re.compile(r"\bcreate\s+(?:or\s+replace\s+)?(?:temp\s+)?(?:table|view)\s+(?:if not exists\s+)?(\w+)", re.I)
_NAME = re.compile(r"[a-z_][a-z_0-9]*")


@dataclass(frozen=True)
class Step:
    """One SQL file: its package, the name that it gives a relation, and the relations that it reads."""

    path: Path
    package: str
    name: str
    reads: tuple[str, ...]
    """Nothing where the file is a script of macros or definitions."""
    is_script: bool

    @property
    def shown(self) -> str:
        """Where it stands, for a message."""
        return self.path.relative_to(ROOT).as_posix()


@cache
def steps() -> tuple[Step, ...]:
    """Return every SQL file of `transforms/`, parsed by DuckDB; what is no single SELECT is a script.

    The reads are those of `reads_of`, which opens a connection for each text: here one serves for all.
    """
    with duckdb.connect() as parser:
        return tuple(_step(parser, path) for path in sorted(ROOT.rglob("*.sql")))


def _step(parser: duckdb.DuckDBPyConnection, path: Path) -> Step:
    text = path.read_text(encoding="utf-8").rstrip().rstrip(";")
    row = parser.execute("select json_serialize_sql($text::varchar)", {"text": text}).fetchone()
    assert row is not None  # a query without FROM has one row
    tree = json.loads(row[0])
    is_script = bool(tree.get("error"))
    reads = () if is_script else tuple(sorted(tables_of(tree)))
    return Step(path, package_of(path), path.stem, reads, is_script)


def package_of(path: Path) -> str:
    """Return the package that a file of `transforms/` belongs to; what lies beside the packages keeps the store."""
    within = path.relative_to(ROOT).parts
    return within[0] if len(within) > 1 else "store"


@cache
def made_in(package: str) -> frozenset[str]:
    """Return the names of the relations that a package makes: by its steps, and by name in calls of the runner.

    A name may be given as text, or by a loop over texts around the call. What is created in other words counts too:
    that it is done in few places only is another test.
    """
    named = {step.name for step in steps() if step.package == package and not step.is_script}
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named |= _named(node)
    return frozenset(named)


def _named(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return set(_CREATED.findall(node.value))
    if isinstance(node, ast.For) and any(_called(one) in _MAKERS for one in ast.walk(node)):
        return _texts(node.iter)
    if _called(node) in _MAKERS and isinstance(node, ast.Call):
        return set().union(*map(_texts, node.args), *(_texts(one.value) for one in node.keywords if one.arg == "name"))
    if _called(node) == "Stage" and isinstance(node, ast.Call):
        return set().union(*(_texts(one.value) for one in node.keywords if one.arg in _MADE))
    return set()


def _called(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _texts(node: ast.AST) -> set[str]:
    """The names among the texts below a node."""
    texts = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))
    return {text for text in texts if _NAME.fullmatch(text)}


def faults_of_reads() -> list[str]:
    """Return what is read and neither declared upstream nor made in the package itself: file, relation and why."""
    declared = all_declared()
    return [
        f"{step.shown}: {fault}" for step in steps() for name in step.reads if (fault := _fault(step, name, declared))
    ]


def _fault(step: Step, name: str, declared: dict[str, Relation]) -> str:
    one = declared.get(name)
    if one is not None and one.made_by == step.package:
        return ""
    if one is None:
        if name in made_in(step.package) | _OF_DUCKDB | _PARTS.get(step.package, frozenset()):
            return ""
        makers = sorted({other.package for other in steps() if other.name == name and not other.is_script})
        known = f"made in {', '.join(makers)}" if makers else "not made in the package"
        return f"reads {name}, which is {known}, and not declared"
    if step.package not in UPSTREAM:
        return f"reads {name}, and {step.package} has no place in UPSTREAM"
    if UPSTREAM.index(one.made_by) > UPSTREAM.index(step.package):
        return f"reads {name}, which {one.made_by} makes: that comes after {step.package}"
    return ""


def faults_of_names() -> list[str]:
    """Return the names that stand for two relations: two files of a package, or of two, or a file and a declaration.

    The kinds of extract have the same steps in a folder each. Of files of two packages only those count that some SQL
    reads: a question that a report asks by itself makes no relation.
    """
    declared, read = all_declared(), {name for step in steps() for name in step.reads}
    found = []
    by_name: dict[str, list[Step]] = {}
    for step in steps():
        if not step.is_script:
            by_name.setdefault(step.name, []).append(step)
    for name, same in sorted(by_name.items()):
        packages = sorted({step.package for step in same})
        for package in packages:
            folders = [step.path.parent for step in same if step.package == package]
            if len(folders) > 1 and not _are_kinds(folders):
                found.append(f"{name}: appears twice in {package}")
        if name in declared and packages != [declared[name].made_by] and not _is_written(name, packages):
            found.append(f"{name}: declared as made by {declared[name].made_by}, and a step of {', '.join(packages)}")
        elif name not in declared and len(packages) > 1 and name in read:
            found.append(f"{name}: a step of {' and of '.join(packages)}")
    return found


def _are_kinds(folders: list[Path]) -> bool:
    """Whether the folders are those of the kinds of extract: `sql/`, `sql/items/`, `sql/filings/`."""
    return {folder.name for folder in folders} <= {"sql", "items", "filings"}


def _is_written(name: str, packages: list[str]) -> bool:
    """Whether the step is what a Parquet file of its name holds; else it would stand in for the relation."""
    file = all_declared().get(f"{name}.parquet")
    return file is not None and set(packages) <= {file.made_by, all_declared()[name].made_by}

"""What of the SQL stands in Python, and words in SQL files: for tests that hold both to the one runner."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.sql_files import ROOT

FLOWS = ROOT.parent / "flows"
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def python_files() -> list[Path]:
    """Return the modules of `transforms/` and `flows/`."""
    return sorted([*ROOT.rglob("*.py"), *FLOWS.rglob("*.py")])


def shown(path: Path) -> str:
    """Return where a file stands, from the root of the project."""
    return path.relative_to(ROOT.parent).as_posix()


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module with their line, docstrings left out; what is put into an f-string is `{}`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, _DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr)
    }
    told |= {  # the text below an attribute that tells of it
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for node in joined for part in node.values}
    for node in joined:
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        yield node.lineno, text
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told | parts:
            yield node.lineno, node.value


def sql_of(path: Path) -> str:
    """Return the text of a SQL file without its comments."""
    return re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))


def found_in_python(pattern: str, exceptions: frozenset[str] | set[str]) -> list[str]:
    """Return where the texts of Python match, but for the modules that are named; a folder ends with a slash."""
    return [
        f"{shown(path)}:{line}: {' '.join(text.split())[:90]}"
        for path in python_files()
        if not _is_among(path, exceptions)
        for line, text in texts_of(path)
        if re.search(pattern, text, re.IGNORECASE)
    ]


def found_in_sql(pattern: str, exceptions: frozenset[str] | set[str]) -> list[str]:
    """Return which SQL files match, comments left out, but for those that are named; a folder ends with a slash."""
    return [
        f"{shown(path)}: {match[0]}"
        for path in sorted(ROOT.rglob("*.sql"))
        if not _is_among(path, exceptions) and (match := re.search(pattern, sql_of(path), re.IGNORECASE))
    ]


def _is_among(path: Path, names: frozenset[str] | set[str]) -> bool:
    return any(shown(path) == name or (name.endswith("/") and shown(path).startswith(name)) for name in names)

"""Refuse SQL files that DuckDB cannot read, or that do not look like the others: `python .ci/sql_lint.py FOLDER...`.

sqlfluff looks after the layout of what its grammar knows; this asks DuckDB itself, of every file.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

LONGEST_LINE = 120
LONGEST_CHECK = 60
"""So many lines has the SQL of a check at most: what several write out is a macro (`decide/record/macros.sql`)."""
INDENT = 4
SNAKE_CASE = re.compile(r"[a-z][a-z0-9_]*")


class Problem(NamedTuple):
    """What is wrong with a text, and on which line of it."""

    line: int
    rule: str
    words: str


def problems_of(text: str, *, is_check: bool = False) -> list[Problem]:
    """Return what is wrong with the text of one file, first line first; `is_check` where it is the SQL of a check."""
    found = [*_of_lines(text), *_of_opening(text)]
    if is_check and text.count("\n") > LONGEST_CHECK:
        found.append(Problem(LONGEST_CHECK + 1, "long-check", f"{LONGEST_CHECK} lines are the most for a check"))
    try:
        statements = duckdb.extract_statements(text)
    except duckdb.Error as error:
        at = re.search(r"^LINE (\d+):", str(error), re.MULTILINE)
        found.append(Problem(int(at[1]) if at else 1, "parse", str(error).partition("\n")[0]))
    else:
        found += [*_of_keywords(text), *_of_statements(text, [statement.type.name for statement in statements])]
    return sorted(found)


def _of_lines(text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            yield Problem(number, "long-line", f"{len(line)} characters, and {LONGEST_LINE} are the most")
        if "\t" in line:
            yield Problem(number, "tab", "a tab: indent and align by spaces")
        if line != line.rstrip():
            yield Problem(number, "trailing-space", "white space at the end of the line")
        if line.strip() and (len(line) - len(line.lstrip(" "))) % INDENT:
            yield Problem(number, "indent", f"indented by other than a multiple of {INDENT} spaces")
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield Problem(text.count("\n") + 1, "end", "the file ends with one line break, no more and no less")


def _of_opening(text: str) -> Iterator[Problem]:
    opening = text.split("\n")[:2]
    if not opening[0].startswith("-- "):
        yield Problem(1, "question", "no comment opens the file: the question that it answers")
    elif not re.search(r"\?( |$)", " ".join(line for line in opening if line.startswith("--"))):
        yield Problem(1, "question", "no question within the first two lines")


def _of_keywords(text: str) -> Iterator[Problem]:
    encoded = text.encode()  # DuckDB counts bytes
    for (start, kind), (end, _) in pairwise([*duckdb.tokenize(text), (len(encoded), None)]):
        word = re.match(r"\w*", encoded[start:end].decode())
        if kind == duckdb.token_type.keyword and word and word[0] != word[0].lower():
            yield Problem(encoded[:start].count(b"\n") + 1, "keyword", f"{word[0]}: keywords are lower case")


def _of_statements(text: str, kinds: list[str]) -> Iterator[Problem]:
    if "SELECT" not in kinds:
        if not kinds or set(kinds) != {"CREATE"}:
            yield Problem(1, "one-select", "neither one SELECT nor definitions alone")
    elif len(kinds) > 1:
        yield Problem(1, "one-select", f"{len(kinds)} statements, one of them a SELECT: a file holds one SELECT")
    else:
        bare = re.sub(r"\s*--[^\n]*\s*\Z", "", text.rstrip())
        if bare.endswith(";"):
            yield Problem(bare.count("\n") + 1, "semicolon", "a SELECT ends without one, so that it can be a step")
        yield from _of_steps(text)


def _of_steps(text: str) -> Iterator[Problem]:
    answer = duckdb.execute("select json_serialize_sql(?::varchar)", [text]).fetchone()
    tree: dict[str, Any] = json.loads(answer[0]) if answer else {"error": True}
    if tree["error"]:
        yield Problem(1, "parse", str(tree.get("error_message", "DuckDB does not tell its parts")))
        return
    for name, body in _steps(tree):
        at = re.search(rf'\b{re.escape(name)}"?\s*(\([^)]*\)\s*)?\bas\b', text)
        line = text[: at.start()].count("\n") + 1 if at else 1
        if not SNAKE_CASE.fullmatch(name):
            yield Problem(line, "step-name", f"{name}: steps are named in snake_case")
        if _tables(tree).count(name.lower()) == _tables(body).count(name.lower()):
            yield Problem(line, "unused-step", f"{name}: no other step reads it")


def _steps(tree: Any) -> Iterator[tuple[str, Any]]:
    for node in _nodes(tree):
        for entry in node.get("cte_map", {}).get("map", []):
            yield entry["key"], entry["value"]


def _tables(tree: Any) -> list[str]:
    """The names read: tables and steps, and steps that are handed to a macro, as in `from stretches(spans)`."""
    found = [node["table_name"].lower() for node in _nodes(tree) if node.get("type") == "BASE_TABLE"]
    for node in _nodes(tree):
        if node.get("type") == "TABLE_FUNCTION":
            given = (one["expression"] for one in node["function"].get("arguments", []))
            found += [one["column_names"][-1].lower() for one in given if one["class"] == "COLUMN_REF"]
    return found


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
    for child in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _nodes(child)


def main(folders: list[str]) -> int:
    """Tell what is wrong with the SQL files in these folders; return 1 if anything is."""
    files = sorted(path for folder in folders for path in Path(folder).rglob("*.sql"))
    told = [
        f"{path}:{problem.line}: {problem.rule}: {problem.words}"
        for path in files
        for problem in problems_of(path.read_bytes().decode("utf-8"), is_check="checks" in path.parts)
    ]
    sys.stdout.write("\n".join([*told, f"{len(files)} SQL files, {len(told)} problems", ""]))
    return 1 if told or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

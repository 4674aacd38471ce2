"""What SQL of a rulebook may be: one SELECT over what it is handed, which says the same whenever it is asked.

Its text is put into a statement of the program. So it is read as DuckDB's own parser reads it, before anything runs,
and all that is not known to be harmless is refused: what changes data, further statements, files, other relations, and
functions that turn on the clock, on chance or on the session.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from transforms.errors import Fault

OUTCOMES = ("flagged", "undetermined")
"""What SQL of a rulebook may say of a row; what it does not select is clear."""
_QUERIES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
_SOURCES = frozenset({
    "BASE_TABLE", "JOIN", "SUBQUERY", "TABLE_FUNCTION", "EXPRESSION_LIST", "COLUMN_DATA", "EMPTY", "EMPTY_FROM",
})  # fmt: skip
_ROWS = frozenset({"generate_series", "range", "unnest"})
"""Functions of DuckDB that make rows out of values alone."""
_BARE = frozenset({
    "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
    "current_user", "localtime", "localtimestamp", "session_user", "user",
})  # fmt: skip
"""Words that DuckDB takes for a function without brackets."""
_UNSTEADY = frozenset({"age", "current_localtime", "current_localtimestamp", "reservoir_quantile", "version"})
"""Functions that DuckDB calls steady and that turn on the clock (`age` of one moment), on chance, or on its version."""


def read_select(path: Path, shown_as: str) -> tuple[str, list[Fault]]:
    """Return the text of one `.sql` file of a rulebook, without a semicolon at its end; empty with a fault."""
    try:
        return path.read_text(encoding="utf-8").rstrip().rstrip(";"), []
    except UnicodeDecodeError as error:
        return "", [Fault(shown_as, f"byte {error.start}", "not UTF-8", "text in UTF-8")]
    except OSError as error:
        return "", [Fault(shown_as, "", f"cannot be read: {error.strerror}")]


def faults_of_sql(
    text: str, shown_as: str, *, relations: Collection[str], rows: Collection[str] = (), values: Collection[str] = ()
) -> list[Fault]:
    """Return every fault of a text that is to be one SELECT; none where it may be run.

    It may read `relations`, macros that make `rows`, and `values` by `$name`. Where a column `outcome` is written out,
    it must be one of OUTCOMES in each of its cases.
    """
    try:
        tree = _parsed(text)
        if isinstance(tree, str):
            return [Fault(shown_as, "", tree, "one SELECT")]
        problems = dict.fromkeys((*_unsafe(tree, relations, rows, values), *_unknown_outcomes(tree)))
    except RecursionError:
        return [Fault(shown_as, "", "it is nested too deep to be read", "brackets within brackets a few times")]
    return [Fault(shown_as, "", problem, allowed) for problem, allowed in problems]


@cache
def _parsed(text: str) -> dict[str, Any] | str:
    """Return the one statement as DuckDB reads it, or in words why it is none."""
    try:
        statements = _parser().cursor().extract_statements(text)
    except duckdb.Error as error:
        return f"it cannot be read: {str(error).splitlines()[0]}"
    if len(statements) != 1:
        return f"it has {len(statements)} statements"
    row = _parser().cursor().execute("select json_serialize_sql($text::varchar)", {"text": text}).fetchone()
    assert row is not None  # a query without FROM has one row
    tree = json.loads(row[0])
    if tree.get("error"):
        return f"it is a statement of another kind: {statements[0].type.name}"
    statement: dict[str, Any] = tree["statements"][0]
    return statement


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"enable_external_access": "false"})


@cache
def _unsteady() -> frozenset[str]:
    """The functions of DuckDB that may say something else when they are asked again, those that call one among them."""
    rows = _parser().cursor().execute(
        "select lower(function_name), coalesce(stability, ''), coalesce(macro_definition::varchar, '')"
        " from duckdb_functions() where schema_name = 'main' or database_name = 'system'"
    )  # fmt: skip
    known = rows.fetchall()
    named = {name for name, stability, _ in known if stability not in ("", "CONSISTENT")}
    called = re.compile(rf'"?\b({"|".join(sorted(named))})\b"?\(')
    return frozenset(named | _UNSTEADY | _BARE | {name for name, _, text in known if called.search(text)})


def _unsafe(
    node: Any, relations: Collection[str], rows: Collection[str], values: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield what may not stand below a node, and what may; a name is that of a step only where the step is in scope."""
    if isinstance(node, list):
        for one in node:
            yield from _unsafe(one, relations, rows, values)
        return
    if not isinstance(node, dict):
        return
    yield from _unsafe_itself(node, relations, rows, values)
    within = relations
    if node.get("type") == "RECURSIVE_CTE_NODE":
        within = {*within, str(node["cte_name"]).lower()}
    for one in (node.get("cte_map") or {}).get("map") or []:  # a step may read those before it
        yield from _unsafe(one["value"], within, rows, values)
        within = {*within, one["key"].lower()}
    for key, value in node.items():
        if key != "cte_map":
            yield from _unsafe(value, within, rows, values)


def _unsafe_itself(
    node: dict[str, Any], relations: Collection[str], rows: Collection[str], values: Collection[str]
) -> Iterator[tuple[str, str]]:
    kind = str(node.get("type", ""))
    if kind.endswith("_NODE") and kind not in _QUERIES:
        yield f"it holds a {kind.removesuffix('_NODE').removesuffix('_QUERY')}, which changes data", "one SELECT"
    elif (kind.endswith("_REF") and kind != "COLUMN_REF") or kind == "PIVOT":
        yield "it describes or turns a relation", "SELECT ... FROM"
    elif kind == "BASE_TABLE":
        yield from _unsafe_relation(node, relations)
    elif kind == "TABLE_FUNCTION":
        name = str(node["function"].get("function_name", "")).lower()
        if name not in {*rows, *_ROWS}:
            yield f"it reads {name}(), which is not handed to it", ", ".join(sorted({*rows, *_ROWS}))
    elif kind == "VALUE_PARAMETER" and node.get("identifier") not in values:
        asked = ", ".join(f"${name}" for name in values) or "no value by $name"
        yield f"it asks for the value ${node.get('identifier')}", asked
    elif node.get("class") in ("FUNCTION", "WINDOW"):
        name = str(node.get("function_name", "")).lower()
        if name in _unsteady():
            yield f"it calls {name}(), which may give another result the next time", "functions of its arguments alone"
    elif kind == "COLUMN_REF" and len(node["column_names"]) == 1 and node["column_names"][0].lower() in _BARE:
        yield f"it asks for {node['column_names'][0]}, which is not of the records", "columns of what it reads"
    if node.get("sample"):
        yield "it takes a sample, which is another one each time", "all rows"


def _unsafe_relation(node: dict[str, Any], relations: Collection[str]) -> Iterator[tuple[str, str]]:
    name = ".".join(part for part in (node["catalog_name"], node["schema_name"], node["table_name"]) if part)
    if name.lower() not in relations:
        yield f'it reads "{name}", which is not handed to it', ", ".join(sorted(relations))


def _unknown_outcomes(tree: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what the column `outcome` would say that is no outcome, as far as it is written out in the SELECT."""
    for select in _selects(tree["node"]):
        named = [(one.get("alias", ""), one) for one in select["select_list"]]
        named += [
            (other["key"], other["value"]) for one in select["select_list"] for other in one.get("replace_list") or ()
        ]
        for said in (said for name, column in named if name.lower() == "outcome" for said in _results(column)):
            if said is None:
                yield "its outcome is NULL in some case, as of a CASE without ELSE", ", ".join(OUTCOMES)
            elif said not in OUTCOMES:
                yield f'it selects the outcome "{said}"', ", ".join(OUTCOMES)


def _selects(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node.get("type") == "SELECT_NODE":
        yield node
    for side in ("left", "right", "child"):
        if isinstance(node.get(side), dict):
            yield from _selects(node[side])
    for child in node.get("children") or ():
        yield from _selects(child)


def _results(node: dict[str, Any]) -> Iterator[str | None]:
    """Yield what an expression can result in, where that is a written value."""
    if node.get("type") == "VALUE_CONSTANT":
        literal = node["literal"]
        yield None if literal["kind"] == "NULL_LITERAL" else str(literal["text"])
    elif node.get("type") == "CASE_EXPR":
        for check in node["case_checks"]:
            yield from _results(check["then_expr"])
        yield from _results(node["else_expr"])
    elif node.get("class") == "FUNCTION" and node["function_name"] == "if":
        for one in node["arguments"][1:]:
            yield from _results(one["expression"])
    elif node.get("class") == "CAST":
        yield from _results(node["child"])

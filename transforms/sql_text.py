"""What a text of SQL says: the relations that it reads, the values that it asks for; and how it writes a value."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import duckdb

VALUE = re.compile(r"\$([a-z_]\w*)")
"""How SQL names a value that is given to it."""


def literal(value: object) -> str:
    """Return a value as SQL writes it: text, number, flag, day, moment, or a list of them."""
    if value is None:
        return "null"
    if isinstance(value, bool | int | float | Decimal):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"timestamp '{value.isoformat(sep=' ')}'"
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, Sequence):
        return "[" + ", ".join(literal(one) for one in value) + "]"
    raise TypeError(f"{value!r}: no value that SQL text can hold")


@cache
def reads_of(text: str) -> tuple[str, ...]:
    """Return the relations that a SELECT reads, as DuckDB's own parser finds them; its CTEs are none of them."""
    with duckdb.connect() as parser:
        row = parser.execute("select json_serialize_sql($text::varchar)", {"text": text}).fetchone()
    assert row is not None  # a query without FROM has one row
    tree = json.loads(row[0])
    if tree.get("error"):
        raise ValueError(f"not one SELECT: {tree.get('error_message')}: {text[:80]}")
    return tuple(sorted(tables_of(tree)))


def tables_of(node: Any, hidden: frozenset[str] = frozenset()) -> set[str]:
    """Return the base tables below a node of a serialized statement; a name is a CTE only where it is in scope."""
    if isinstance(node, list):
        return set().union(*(tables_of(one, hidden) for one in node)) if node else set()
    if not isinstance(node, dict):
        return set()
    found = set[str]()
    if node.get("type") == "BASE_TABLE" and node["table_name"].lower() not in hidden:
        found.add(node["table_name"].lower())
    ctes = (node.get("cte_map") or {}).get("map") or []
    for one in ctes:  # a CTE may read those before it
        found |= tables_of(one["value"], hidden)
        hidden |= {one["key"].lower()}
    for key, value in node.items():
        if key != "cte_map":
            found |= tables_of(value, hidden)
    return found


def values_of(text: str) -> set[str]:
    """Return the names of the values that a text asks for by `$name`."""
    return set(VALUE.findall(text))

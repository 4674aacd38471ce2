"""The lines on the impact page: a bounded table, and the choices by which it is narrowed down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

MOST_LINES, MOST_ON_PAPER = 5_000, 200
_GRADES = ("certain", "possible", "")
_COLUMNS = (
    "rule_id", "certainty", "change", "baseline_outcome", "source", "shipment_id", "line_number", "export_on",
    "destination", "eccn", "part_number", "description", "consignee_name", "value_usd", "because",
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One filter: the name of its field, what stands above it, and what may be chosen, each by its number."""

    key: str
    label: str
    options: Sequence[str]


@dataclass(frozen=True)
class Lines:
    """The rows that the page shows, one per line and rule, of `total` that there are; `picks` name them by number."""

    rows: Sequence[dict[str, Any]]
    picks: Sequence[dict[str, int]]
    choices: Sequence[Choice]
    total: int


def pick_lines(rows: pa.Table, most: int = MOST_LINES) -> Lines:
    """Return the first `most` rows: certain ones first, then possible ones, then those that change without turning.

    What a browser is to compare are numbers, never recorded text.
    """
    grade = pc.coalesce(rows["certainty"], pa.scalar(""))
    sorted_rows = pa.concat_tables([rows.filter(pc.equal(grade, one)) for one in _GRADES])
    shown = sorted_rows.select(list(_COLUMNS)).slice(0, most).to_pylist()
    named = [_names(row) for row in shown]
    labels = {
        "rule": "Rule", "certainty": "Certainty", "destination": "Destination", "consignee": "Consignee",
        "month": "Month",
    }  # fmt: skip
    choices, numbers = [], {}
    for key, label in labels.items():
        spelled = sorted({names[key] for names in named}, reverse=True)
        first = {fold(one): one for one in spelled}
        order = list(_FIRST) if key == "certainty" else sorted(first)
        options = [one for one in order if one in first]
        numbers[key] = {one: at for at, one in enumerate(options)}
        choices.append(Choice(key, label, [first[one] for one in options]))
    held: dict[object, int] = {}
    picks = [
        {key: numbers[key][fold(names[key])] for key in labels}
        | {"line": held.setdefault((row["source"], row["shipment_id"], row["line_number"]), len(held))}
        for row, names in zip(shown, named, strict=True)
    ]
    return Lines(shown, picks, choices, rows.num_rows)


def fold(text: str) -> str:
    """How names are told apart: not by case or by what stands around them, as in `top.sql`."""
    return text.strip().upper()


_FIRST = ("CERTAIN", "POSSIBLE", "NO CHANGE")


def _names(row: dict[str, Any]) -> dict[str, str]:
    return {
        "rule": row["rule_id"],
        "certainty": row["certainty"] or "no change",
        "destination": row["destination"] or "not recorded",
        "consignee": (row["consignee_name"] or "").strip() or "not recorded",
        "month": str(row["export_on"])[:7],
    }

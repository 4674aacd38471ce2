"""Findings packed into a page: columns of numbers into lists of distinct values, as JSON, gzip and base64.

50,000 findings take about a tenth of their text so, and nothing of recorded text can end the element that holds it.
"""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

MOST_ROWS = 100_000
"""So many findings are on a page at most; all of them stand in the files beside it."""
SHOWN = (
    "rule_id", "outcome", "state", "shipment_id", "export_on", "destination", "eccn", "description", "consignee_name",
)  # fmt: skip
"""What a row shows and is chosen by."""
OPENED = (
    "severity", "source", "license_code", "license_number", "itn", "eei_exemption", "because", "authority", "remedy",
    "missing", "first_seen_on", "since", "decision",
)  # fmt: skip
"""What a row tells once it is opened: unpacked after the rest, so that a page can be worked with sooner."""


def pack(rows: pa.Table, most: int = MOST_ROWS) -> tuple[str, str]:
    """Return the first `most` rows (`rows.sql`) as two texts for data blocks of a page: what they show, and what they
    tell once opened. Same rows, same texts."""
    shown = rows.slice(0, most)
    columns: dict[str, Any] = {name: _numbered(shown[name].cast(pa.string())) for name in SHOWN}
    opened = {
        name: _numbered((_decisions(shown) if name == "decision" else shown[name]).cast(pa.string())) for name in OPENED
    }
    line = [shown[name].cast(pa.string()).fill_null("") for name in ("source", "shipment_id", "line_number")]
    columns["line"] = _numbered(pc.binary_join_element_wise(*line, "\x1f"))[1]
    columns["line_number"] = shown["line_number"].to_pylist()
    cents = pc.multiply(shown["value_usd"].cast(pa.float64()), 100)
    columns["cents"] = pc.round(cents).cast(pa.int64()).to_pylist()
    return _packed({"count": shown.num_rows, "columns": columns}), _packed({"columns": opened})


def _packed(held: dict[str, Any]) -> str:
    text = json.dumps(held, separators=(",", ":"), ensure_ascii=False)
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def describe_decision(row: dict[str, Any]) -> str:
    """Return what a person decided of a finding, by whom and when, in words; empty where nobody did."""
    if not row["decision"]:
        return ""
    return f"{row['decision']}, by {row['decided_by']} on {row['decided_at']:%Y-%m-%d}: {row['decision_reason']}"


def _decisions(rows: pa.Table) -> pa.ChunkedArray:
    names = ["decision", "decision_reason", "decided_by", "decided_at"]
    if rows["decision"].null_count == rows.num_rows:
        return pa.chunked_array([pa.array([""] * rows.num_rows, pa.string())])
    return pa.chunked_array([pa.array([describe_decision(row) for row in rows.select(names).to_pylist()], pa.string())])


def _numbered(column: pa.ChunkedArray) -> tuple[list[str | None], list[int]]:
    """The distinct values of a column in their order, and for each row the number of its value."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return encoded.dictionary.to_pylist(), encoded.indices.to_pylist()

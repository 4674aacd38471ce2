"""The counts of the sample as a person last reviewed them."""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).parents[1] / "flow" / "golden" / "sample-counts.json"
KEYS = (
    "as_of", "lines", "lines_undetermined", "lines_before_any_rule", "lines_without_eccn", "situations", "conservation",
    "findings",
)  # fmt: skip

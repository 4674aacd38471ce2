"""Why rows of a file are left out of the lines: by code, and in the words of the command and of pages.

The first ones are reasons that a layout may give (`not_exports:`): the row is no export. The others are rows that a
file has beside its records. Codes are recorded and counted by; words stand here alone.
"""

from __future__ import annotations

NOT_EXPORTS = {
    "return": "returns",
    "credit-memo": "credit memos",
    "canceled": "canceled orders",
    "not-shipped": "orders not shipped",
    "service": "services",
    "drop-shipment-abroad": "drop shipments from abroad",
    "domestic": "domestic shipments",
    "other": "other rows that are not exports",
}
NO_RECORDS = {
    "total": "totals",
    "page-head": "repeated headings",
    "footer": "footers",
    "blank": "blank rows",
}
WORDS = NOT_EXPORTS | NO_RECORDS
"""Code -> what such rows are."""


def told(reasons: dict[str, int]) -> str:
    """Return counts by reason in words, most first: `returns 1,200, credit memos 3`."""
    ranked = sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{WORDS.get(code, code)} {rows:,}" for code, rows in ranked)

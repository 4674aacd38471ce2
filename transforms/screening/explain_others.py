"""Explain filing and the checks of one line: each provision that was weighed, each check that was made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from transforms.pipeline import Stage

OTHERS = Stage(
    name="screening",
    folder=Path(__file__).parent / "sql",
    reads=(
        "asked_line", "filing_subjects", "filing_reach", "license_needed", "listed_needed", "provisions",
        "rule_periods", "parameters", "family_rules", "determinations", "found",
    ),
)  # fmt: skip
_STANDS = {
    "trigger": {"in": "met", "unknown": "possibly met", "out": "not met"},
    "exemption": {"in": "applies", "unknown": "possibly applies", "out": "does not apply"},
    "exclusion": {"in": "applies", "unknown": "possibly applies", "out": "does not apply"},
}


def told_others(alone: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return what `eei-filing` and each check made of the one line in `asked_line`, with the steps.

    Expects the decision of that line, and what was found of it. A check without a breach is clear.
    """
    provisions = [
        {
            "step": f"{row['kind']} {row['paragraph']}",
            "found": f"{row['title']}: {_stands(row)}",
        }
        for row in OTHERS.read(alone, "considered_filing")
    ]
    others = OTHERS.read(alone, "considered_others")
    return [_told(row, provisions if row["rule_kind"] == "eei" else []) for row in others]


def _stands(row: dict[str, Any]) -> str:
    if row["presumed_absent"]:
        return f"presumed absent ({row['presumed_absent'].rstrip('.')})"
    if row["state"] == "not asked":
        return "not evaluated, as EEI was filed"
    return _STANDS[row["kind"]][row["state"]] + (f" ({row['note']})" if row["note"] else "")


def _told(row: dict[str, Any], steps: list[dict[str, str]]) -> dict[str, Any]:
    because = row["because"] or row["statement"]
    if row["determined_outcome"] is None:
        # filing concerns exports alone; a check returns what is wrong
        is_filing = row["rule_kind"] == "eei"
        outcome = "out of scope" if is_filing else "clear"
        because = "a reexport or transfer requires no EEI" if is_filing else "no finding"
    elif row["is_rolled_up"] and row["is_not_judged"]:
        outcome, because = "undetermined", row["statement"]
    elif row["finding_outcome"] is None and row["determined_outcome"] != "clear":
        outcome = "clear"
        saved = f"Savings clause applies: tendered to the carrier by {row['en_route_on']}, so no license was required."
        because = f"{row['statement']} {saved}"
    else:
        outcome = row["finding_outcome"] or "clear"
    return {
        "rule_id": row["rule_id"],
        "rule_kind": row["rule_kind"],
        "rule_from": row["rule_from"],
        "outcome": outcome,
        "because": because,
        "authority": row["authority"],
        "remedy": row["remedy"] if outcome in ("flagged", "undetermined") else None,
        "missing": row["missing"],
        "steps": steps if outcome != "out of scope" else [],
    }

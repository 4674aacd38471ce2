"""What a draft says, as data: for the terminal, a page, and whoever reads JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from transforms.drafts.model import Draft
from transforms.drafts.without import without
from transforms.drafts.yaml import samples, values_of


def tell_draft(draft: Draft, rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return the kind with its reason, each column, what is asked, what feeds nothing, and what follows."""
    return {
        "kind": draft.kind.name,
        "why": draft.why,
        "source": draft.source,
        "columns": {
            one.column: {
                "heading": one.heading, "confidence": one.confidence, "reason": one.reason,
                "sample": samples(values_of(rows, one.place)),
            }
            for one in draft.choices
        },
        "constants": {name: {"value": value, "reason": why} for name, (value, why) in draft.constants.items()},
        "asks": [
            {
                "column": one.column, "asks": one.asks,
                "options": [
                    {"heading": heading, "is": what, "sample": samples(values_of(rows, place))}
                    for place, heading, what in one.options
                ],
            }
            for one in draft.questions
        ],
        "left": [one.heading for one in draft.left if not one.is_option],
        "missing": draft.missing,
        "without": without(draft.kind.name, draft.found),
    }  # fmt: skip

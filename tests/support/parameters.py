"""Parameters of the law as rows, for steps that are tested by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from transforms.pipeline import Row

Value = str | Sequence[str]


def parameter_rows(
    first: Mapping[str, Value], later: Mapping[str, Value] | None = None, later_from: date | None = None
) -> list[Row]:
    """Return the relation `parameters`: the values of `first` until those of `later` begin on `later_from`."""
    found = []
    for name, value in first.items():
        starts = [(date.min, value)]
        if later_from and name in (later or {}):
            starts.append((later_from, (later or {})[name]))
        ends = [start - timedelta(days=1) for start, _ in starts[1:]] + [date.max]
        for (start, held), end in zip(starts, ends, strict=True):
            is_number = isinstance(held, str)
            found.append(
                {
                    "name": name, "from_on": start, "until_on": end, "number": held if is_number else None,
                    "words": None if is_number else list(held),
                }
            )  # fmt: skip
    return found

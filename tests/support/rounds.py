"""Which of many examples of one kind `make test` tries, and which it leaves to `make long`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def but_later(values: Iterable[Any], later: Collection[int]) -> list[Any]:
    """Return values to parametrize by, those at these places marked as long; a tuple is several arguments."""
    marks = {at: [pytest.mark.long] for at in later}
    return [
        pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=marks.get(at, []))
        for at, value in enumerate(values)
    ]

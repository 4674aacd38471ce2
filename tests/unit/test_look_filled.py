"""How full a column is, told by its trimmed texts: '' and spaces are blank, and texts that differ in spaces are one."""

from __future__ import annotations

import pytest

from transforms.look.look import LOOK
from transforms.store import open_memory


@pytest.mark.parametrize(
    ("cells", "filled", "distinct", "sample"),
    [
        (["b", " b", "b ", "a", "", "  ", None, "a"], 5, 2, "a"),
        (["", " ", None], 0, 0, None),
        ([], 0, 0, None),
        (["é ", "é"], 2, 1, "é"),
    ],
)
def test_a_column_is_counted_by_its_trimmed_texts(cells, filled, distinct, sample) -> None:
    with open_memory() as memory:
        memory.execute("create temp table told_column as select unnest($cells::varchar[]) as told", {"cells": cells})
        assert LOOK.read(memory, "filled_column") == [
            {"filled": filled, "distinct_values": distinct, "sample": sample}
        ]

"""The engine and an independent reading of the Commerce Control List say the same of every line."""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from tests.support.ccl_drawing import draw_ccl_lines
from tests.support.ccl_oracle import read_ccl
from tests.support.engine import RULEBOOK, screen_lines
from tests.support.orders_oracle import Orders
from tests.support.tables_oracle import tables_of
from transforms.rulebook.compile import compile_law

LINES = int(os.environ.get("EARSHOT_CCL_LINES", "4000"))


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_the_engine_reads_the_list_as_the_oracle_does(seed: int) -> None:
    ccl, tables = read_ccl(RULEBOOK.root), tables_of(RULEBOOK.tables_dir)
    lines = draw_ccl_lines(random.Random(seed), LINES, ccl)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    counted: Counter[tuple[int, str]] = Counter()
    ccl.orders = Orders(lines)
    said = sorted({line["item_facts"] for line in lines if line.get("item_facts")})
    law = compile_law(replace(RULEBOOK, controls=(), checks=(), party_rules=(), check_sql={}, provisions=(), cases={}))
    for row in screen_lines(lines, law, item_facts=said).findings:
        found[row["line_number"]][row["rule_id"]] = row["outcome"]
        counted[row["line_number"], row["rule_id"]] += 1
    assert [key for key, count in counted.items() if count > 1] == []
    wrong = [
        (line, expected, found[number])
        for number, line in enumerate(lines)
        if (expected := ccl.judge(line, tables)) != found[number]
    ]
    assert wrong[:3] == []

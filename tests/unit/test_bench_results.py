"""What `make bench` makes of its measurements: ratios beyond the short history, growth, what was left out, README."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from tests.bench.measure.chart import write_chart
from tests.bench.measure.child import Failed, run
from tests.bench.measure.results import Results, page, spread
from tests.bench.measure.size import Measured, Size
from tests.bench.measure.works import WORKS
from tests.bench.peers.readme import BEGIN, END, into_readme

FIRST, NIGHT = (next(work for work in WORKS if work.name.startswith(name)) for name in ("first screening", "a night"))


def measured(lines: int, seconds: float) -> Size:
    first = Measured(FIRST, lines, 1_000, [seconds + 1, seconds + 3], [1.0, 1.0], [2.0, 2.0], 512.4)
    night = Measured(NIGHT, lines, 100_000, why_not="the budget of 5 minutes was spent")
    return Size(lines, [first, night], {"read": [1.5, 1.5]}, facts={"situations": 31_527})


@pytest.fixture
def results() -> Results:
    made = Results(date(2026, 12, 1), 2, 0.1, [measured(1_000_000, 2.0), measured(10_000_000, 29.0)])
    made.bars = [("Earshot", 2.0, False), ("polars", 0.5, False), ("rule-engine", 900.0, True)]
    made.bars_lines = 1_000_000
    return made


def test_a_ratio_is_what_a_work_takes_beyond_the_short_history_by_its_floor(results: Results) -> None:
    text = page(results)
    assert "## 1,000,000 lines\n\n31,527 situations" in text
    row = "| first screening | 4.00 (3.00 to 5.00) | 1.00 (1.00 to 1.00) | 2.00 (2.00 to 2.00) |"
    assert f"{row} **1.50 (1.00 to 2.00)** | 1.5, met | 512 |" in text
    assert "1.5, not met" in text.split("## 10,000,000 lines")[1]


def test_a_work_that_takes_longer_on_the_short_history_tells_nothing(results: Results) -> None:
    results.sizes[0].works[0].small = [9.0, 9.0]
    assert "| 1.5, none to tell |" in page(results)


def test_growth_is_the_power_of_the_lines(results: Results) -> None:
    growth = page(results).split("## Growth")[1]
    assert "| first screening | 1.00 |" in growth
    assert "| a night of 10,000 lines | none to tell |" in growth


def test_what_the_budget_did_not_reach_is_said(results: Results) -> None:
    assert page(results).count("- a night of 10,000 lines: the budget of 5 minutes was spent") == 2


def test_one_value_has_no_spread() -> None:
    assert (spread([1.0]), spread([]), spread([1.0, 2.0, 6.0])) == ("1.00", "not measured", "2.00 (1.00 to 6.00)")


def test_the_readme_gets_the_table_between_its_marks_and_no_more(results: Results, tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    into_readme(results, path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\nOne screening of 1,000,000 synthetic lines")
    assert text.endswith(f"{END}\nafter\n")
    assert "| polars | 0.50 |\n| Earshot | 2.00 |\n| rule-engine | 900.00 (extrapolated) |" in text
    assert "old" not in text
    into_readme(results, path)
    assert path.read_text(encoding="utf-8") == text


def test_the_chart_names_every_bar_and_its_seconds(results: Results, tmp_path: Path) -> None:
    write_chart(results.bars, tmp_path / "peers.svg")
    drawn = (tmp_path / "peers.svg").read_text(encoding="utf-8")
    assert all(told in drawn for told in ("Earshot", "2.00 s", "rule-engine", "900.00 s (extrapolated)"))


def test_a_child_is_measured_by_its_own_memory_and_stopped_in_time() -> None:
    held = "import sys; b = bytearray(200 << 20); print('{\"n\": 1}')"
    spent, less = (run(["-c", code], 60, sys.executable) for code in (held, "print(1)"))
    assert spent.said == {"n": 1}
    assert 200 <= spent.peak_mib <= 300
    assert less.peak_mib <= 60
    with pytest.raises(Failed, match="was stopped after 1 s"):
        run(["-c", "import time; time.sleep(60)"], 1, sys.executable)
    with pytest.raises(Failed, match="no such thing"):
        run(["-c", "raise SystemExit('no such thing')"], 60, sys.executable)


def test_fixed_costs_are_weighed_against_what_starts_alone(results: Results) -> None:
    results.fixed = {
        "earshot --help": [0.5, 0.5], "earshot screen, 1,000 lines": [1.5, 2.5], "an empty Prefect flow": [5.0, 5.0],
        "first night on the sample": [40.0, 40.0], "second night on the sample": [20.0, 20.0],
    }  # fmt: skip
    text = page(results)
    assert "| earshot screen, 1,000 lines / earshot --help | **4.00 (3.00 to 5.00)** | 4, met |" in text
    assert "| second night on the sample / an empty Prefect flow | **4.00 (4.00 to 4.00)** | 3, not met |" in text


def test_a_warm_what_if_is_weighed_against_the_bare_read_of_its_turn(results: Results) -> None:
    results.sizes[0].warm = {"first": [9.0], "what-if of few lines (pakistan-rs)": [0.2, 0.76], "bare read": [1.0, 2.0]}
    row = "| what-if of few lines (pakistan-rs), warm | 0.48 (0.20 to 0.76) |  | 1.50 (1.00 to 2.00) |"
    assert f"{row} **0.29 (0.20 to 0.38)** | 0.3, met |" in page(results)

"""In a file of many rows, read by several threads, each faulty row has the number that Python's reader gives it."""

from __future__ import annotations

import random

import pytest

from tests.support.desk import Desk
from tests.support.extracts import HEADINGS, data_rows, row

WIDTH = HEADINGS.count(",") + 1
HAS_DAY = HEADINGS.split(",").index("export_on")


def dirty(rows: int, seed: int) -> str:
    """An extract of so many rows, of which one in fifty is at fault, with blank lines and texts over several lines."""
    draw = random.Random(seed)
    lines = [HEADINGS]
    for number in range(rows):
        kind = draw.random()
        if kind < 0.01:
            lines.append(draw.choice(["too,few", "S,1,2025-02-03", row(f"S{number}") + ",more,and more"]))
        elif kind < 0.02:
            lines.append(row(f"S{number}", export_on=draw.choice(["soon", "2025-02-30"])))
        elif kind < 0.04:
            lines.append(row(f"S{number}", description=draw.choice(['"a\nb"', '"a\n\nb\n"', '"x, ""y"""', '"\r\n"'])))
        else:
            lines.append(row(f"S{number}", description="a pump with words enough to fill the row " * draw.randrange(3)))
        if draw.random() < 0.01:
            lines += [""] * draw.randrange(1, 3)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("title", ["", "Shipments of the year\n\n"], ids=["plain", "with a title"])
@pytest.mark.parametrize("rows", [20_000, pytest.param(300_000, marks=pytest.mark.long)])
def test_quarantined_rows_have_the_numbers_of_another_reader(desk: Desk, rows: int, title: str) -> None:
    text = dirty(rows, rows)
    cells = data_rows(text.encode())
    wanted = [
        number for number, one in enumerate(cells, start=1)
        if len(one) != WIDTH or one[HAS_DAY] in ("soon", "2025-02-30")
    ]  # fmt: skip
    done = desk.take(title + text)
    assert (done.rows_in, done.quarantined) == (len(cells), len(wanted))
    assert [number for (number,) in desk.rows("select row_number from quarantine order by 1")] == wanted
    shown = desk.rows("select cells[1] from quarantine where problems[1].column_name = 'export_on' order by row_number")
    assert [name for (name,) in shown] == [one[0] for one in cells if len(one) == WIDTH and one[HAS_DAY] in (
        "soon", "2025-02-30")]  # fmt: skip

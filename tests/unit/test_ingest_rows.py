"""A row in quarantine is told by its number in the file, and no row is lost, however many faults stand together."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from flows.jobs.ingest import ingest_file
from flows.settings import SAMPLE
from tests.support.desk import Desk
from tests.support.extracts import HEADINGS, data_rows, row


def numbered(desk: Desk) -> list[tuple[int, str]]:
    """Return the rows in quarantine: number, what was recorded."""
    query = "select row_number, coalesce(recorded, cells::varchar) from quarantine order by 1"
    return [(int(number), text) for number, text in desk.rows(query)]


@pytest.mark.parametrize(
    "path", [SAMPLE / "history.csv", *sorted(SAMPLE.glob("daily-*.csv"))], ids=lambda path: path.name
)
def test_each_quarantined_row_of_the_sample_is_the_row_of_its_number(desk: Desk, path: Path) -> None:
    done = ingest_file(desk.home, path)
    rows = data_rows(path.read_bytes())
    assert done.rows_in == len(rows)
    aside = numbered(desk)
    assert len(aside) == done.quarantined > 0
    for number, recorded in aside:
        shipment, _, export_on, *_ = rows[number - 1]
        assert shipment in recorded
        assert export_on in recorded


def dirty_file(seed: int) -> bytes:
    """Return an extract with all that was seen to go wrong, drawn at random."""
    draw = random.Random(seed)
    end = draw.choice(["\n", "\r\n", "\r"])
    rows = []
    for number in range(draw.randrange(70, 160)):
        name = f"S{number:04d}"
        inside = "".join(draw.choice(["a", "é", '""', end, end + end]) for _ in range(4))
        rows += draw.choices(
            [
                [row(name)],
                [row(name, export_on="?")],
                [row(name, destination="XX", value_usd="zz")],
                [f"{name},1,2025-02-03,export"],
                [row(name, description="a, b, c")],
                [row(name, description=f'"{inside}"')],
                [row(name, export_on="?", description=f'"{inside}"')],
                [f'{name},1,"{inside}"'],
                [row(name, description='"a" b')],
                [row(name, description="caf\udce9")],
                [row(name), row(name, value_usd="2")],
                [row(name), row(name)],
                ["", row(name), ""],
            ],
            weights=[60, *[4] * 12],
        )[0]
    between = ["\n", "\r\n", "\r"] if seed % 7 == 0 else [end]
    content = HEADINGS + end + "".join(one + draw.choice(between) for one in rows)
    content = "\ufeff" * (seed % 3 == 0) + (content.rstrip("\r\n") if seed % 2 else content)
    return content.encode(errors="surrogateescape")


@pytest.mark.parametrize("seed", [*range(2), *(pytest.param(one, marks=pytest.mark.long) for one in range(2, 16))])
def test_in_a_dirty_file_every_row_is_kept_or_set_aside_under_its_number(desk: Desk, seed: int) -> None:
    content = dirty_file(seed)
    rows = data_rows(content)
    done = desk.take(content)
    assert done.rows_in == len(rows)
    aside = dict(numbered(desk))
    assert len(aside) == done.quarantined
    assert [number for number, recorded in aside.items() if rows[number - 1][0] not in recorded] == []
    kept = {shipment for (shipment,) in desk.rows("select shipment_id from lines")}
    assert [cells for number, cells in enumerate(rows, 1) if number not in aside and cells[0] not in kept] == []
    assert len(kept) == done.loaded

"""An ingest that is killed at any moment leaves the home such that the next one ends as an unbroken one would."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import pytest

from flows.settings import SAMPLE, Home
from tests.support.command import EARSHOT, earshot
from tests.support.desk import Desk, make_desk

COPIES = 10
"""How often the sample's history stands in the big file, each time under its own shipment references."""


def big_extract(path: Path) -> Path:
    """Write about 50,000 lines, drawn from the shipped history."""
    headings, *rows = (SAMPLE / "history.csv").read_text(encoding="utf-8").split("\n")
    plain = [one for one in rows if one.startswith(("SH", "SC")) and '"' not in one]
    with path.open("w", encoding="utf-8") as stream:
        stream.write(headings + "\n")
        for copy in range(COPIES):
            stream.writelines(f"{copy:02d}-{one}\n" for one in plain)
    return path


def held(home: Path) -> tuple[list[tuple[object, ...]], list[str], list[str]]:
    """Return what a home holds, apart from when it was learned: a digest of lines, and the names of files."""
    what = (
        "select count(*), count(distinct (shipment_id, line_number)), count(known_until), sum(row_hash)::varchar,"
        " count(distinct batch_id), (select count(*) from quarantine), (select count(*) from situations),"
        " (select sum(hash(situation_id))::varchar from situations),"
        " (select list((rows_in, loaded, duplicates, restated, quarantined)) from batches) from lines"
    )
    landed = sorted(path.name for path in (home / "landed").iterdir())
    return Desk(Home(home)).rows(what), landed, sorted(path.name for path in (home / "inbox").iterdir())


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the big file."""
    return big_extract(tmp_path_factory.mktemp("big") / "big.csv")


@pytest.mark.long
def test_after_three_kills_the_next_run_ends_as_an_unbroken_one(big: Path, tmp_path: Path) -> None:
    whole, broken = (make_desk(tmp_path / name).home.root for name in ("whole", "broken"))
    began = time.perf_counter()
    assert earshot("ingest", big, "--home", whole).code == 0
    took = time.perf_counter() - began
    draw = random.Random(20261120)
    killed = 0
    for share in (0.4, 0.6, 0.85):
        process = subprocess.Popen(
            [EARSHOT, "ingest", big, "--home", broken], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(took * share * draw.uniform(0.9, 1.1))
        killed += process.poll() is None
        process.kill()
        process.wait()
    assert killed > 0
    assert earshot("ingest", big, "--home", broken).code == 0
    assert held(broken) == held(whole)

"""A replay of quarantine, or a sheet of decisions, that is killed at any moment is done whole or not at all."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from flows.jobs.dispose import export_findings
from flows.jobs.quarantine import export_quarantine
from flows.settings import Home
from tests.support.command import EARSHOT, earshot
from tests.support.desk import Desk, make_desk
from tests.support.office import Office
from tests.support.sheets import fill, save
from transforms.cells.workbook import sheet_texts
from transforms.ledger.choose import Choice
from transforms.ledger.sheet import SHEET

HELD = (
    "select shipment_id, destination, known_until is null from lines order by all",
    "select row_number, settled_at is null, settled_how from quarantine order by all",
    "select batch_id, rows_in, loaded, quarantined, replayed_batch_id from batches order by all",
    "select entry, kind, name from journal order by all",
    "select finding_id, status, reason from dispositions order by all",
    "select finding_id, state, closed_by from ledger order by all",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an office with findings, rows in quarantine, and both of them filled in as sheets."""
    office = Office(make_desk(tmp_path_factory.mktemp("desk")))
    office.take(
        *({"shipment_id": f"S-{number}"} for number in range(20)),
        *({"shipment_id": f"Q-{number}", "destination": "Freedonia"} for number in range(20)),
    )
    office.screen()
    beside = office.desk.home.root.parent
    export_quarantine(office.desk.home, beside / "rows.csv")
    text = (beside / "rows.csv").read_text(encoding="utf-8-sig")
    (beside / "rows.csv").write_text(text.replace(",Freedonia,", ",PK,"), encoding="utf-8")
    export_findings(office.desk.home, Choice(rule_id="pakistan-rs"), beside / "decide.xlsx")
    cells = list(sheet_texts(beside / "decide.xlsx", SHEET, "."))
    for number in range(2, len(cells) + 1):
        fill(cells, number)
    save(beside / "decide.xlsx", cells)
    return office


def held(home: Path) -> tuple[list[list[tuple[object, ...]]], list[str]]:
    landed = sorted(path.name for path in (home / "landed").iterdir())
    return [Desk(Home(home)).rows(query) for query in HELD], landed


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("quarantine", "replay", "rows.csv"), id="replay"),
        pytest.param(("dispose", "--import", "decide.xlsx"), id="sheet", marks=pytest.mark.long),
    ],
)
def test_what_was_killed_is_done_whole_or_not_at_all(office: Office, tmp_path: Path, words: tuple[str, ...]) -> None:
    root = office.desk.home.root
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    command = [EARSHOT, *words[:-1], str(root.parent / words[-1])]
    for home in (whole, broken):
        shutil.copytree(root, home)
    before, began = held(whole), time.perf_counter()
    done = earshot(*command[1:], "--home", whole)
    assert done.code == 0, done.err
    took, after = time.perf_counter() - began, held(whole)
    assert after != before
    draw = random.Random(20261201)
    for share in (0.5, 0.8, 0.95):
        if held(broken)[0] != before[0]:
            shutil.rmtree(broken)
            shutil.copytree(root, broken)
        process = subprocess.Popen([*command, "--home", broken], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(took * share * draw.uniform(0.9, 1.1))
        process.kill()
        process.wait()
        assert held(broken)[0] in (before[0], after[0])
    if held(broken)[0] == before[0]:
        done = earshot(*command[1:], "--home", broken)
        assert done.code == 0, done.err
    assert held(broken) == after

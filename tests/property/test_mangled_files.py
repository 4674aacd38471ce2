"""However a table is mangled, each row of it is staged or told, or the file is refused in a sentence."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.support.desk import Desk
from tests.support.mangling_sheets import mangled
from tests.support.staging import staged
from transforms.cells.sample import read_sample
from transforms.errors import EarshotError, InputError

FILES = 30
BATCHES = 2 if "EARSHOT_DIRTY_FILES" not in os.environ else max(2, int(os.environ["EARSHOT_DIRTY_FILES"]) // FILES + 1)
"""`make long` feeds five hundred files."""
TO_DO = re.compile(r"\b(save|copy|correct|give|add|say|set|export|delete|clear|open|choose|state|unpack|must)\b", re.I)


def is_sentence(error: Exception, name: str) -> bool:
    """Whether the message names the file and says what to do, and is no wall of text."""
    said = str(error)
    return name in said and bool(TO_DO.search(said)) and len(said) < 4_000


@pytest.mark.parametrize("batch", range(BATCHES))
def test_each_intact_row_of_a_mangled_file_is_staged_or_the_file_is_refused(tmp_path: Path, batch: int) -> None:
    read = 0
    for seed in range(batch * FILES, (batch + 1) * FILES):
        file = mangled(seed)
        path = tmp_path / file.name
        path.write_bytes(file.content)
        for sheet in ("", "No such"):
            try:
                read_sample(path, tmp_path / "copies", sheet)
            except InputError as error:
                assert is_sentence(error, file.name), (seed, str(error))
        try:
            found = staged(path, tmp_path / "copies")
        except InputError as error:
            assert is_sentence(error, file.name), (seed, str(error))
        else:
            read += 1
            assert found.rows_in == len(found.rows) + found.rejected, seed
            staged_rows = {row[0]: row for row in found.rows}
            if file.is_whole and found.headings[0].strip() == "shipment_id":
                lost = {name: cells for name, cells in file.intact.items() if not same(staged_rows.get(name), cells)}
                assert not lost, (seed, lost)
        assert not list((tmp_path / "copies").glob(".*")), seed
    assert 0 < read < FILES


def same(row: tuple[str, ...] | None, cells: list[str]) -> bool:
    """Whether a staged row holds the cells that were written, as far as it has columns; spaces and `.00` apart."""
    if row is None:
        return False
    there, written = ([" ".join(cell.split()).removesuffix(".00") for cell in one] for one in (row, cells))
    return there == written[: len(there)]


HELD = "select (select count(*) from lines), (select count(*) from batches), (select count(*) from quarantine)"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_each_row_of_a_mangled_file_is_accounted_for_in_a_home(desk: Desk, batch: int) -> None:
    for seed in range(batch * FILES, batch * FILES + FILES // 10):
        file, before = mangled(seed), desk.rows(HELD)
        try:
            done = desk.take(file.content, file.name)
        except EarshotError as error:
            assert is_sentence(error, file.name), (seed, str(error))
            assert desk.rows(HELD) == before, seed
        else:
            assert done.adds_up, seed
            names = {name for (name,) in desk.rows("select shipment_id from lines")}
            lost = set(file.intact) - names if file.is_whole and not done.is_known and done.kind == "lines" else set()
            assert not lost, seed

"""What a person last reviewed, in `tests/flow/golden`: `make golden` alone changes it, and its difference is read.

A test that compares with it carries the mark `golden`.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "flow" / "golden"
FILE = FOLDER / "sample-counts.json"
KEYS = (
    "as_of", "lines", "lines_undetermined", "lines_before_any_rule", "lines_without_eccn", "situations", "conservation",
    "findings",
)  # fmt: skip
"""What that file keeps of what a screening prints as JSON."""


def reviewed(file_name: str, text: str) -> str:
    """Return what the golden file holds; under EARSHOT_GOLDEN=write, that is `text` from now on."""
    file = FOLDER / file_name
    if os.environ.get("EARSHOT_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert file.is_file(), f"{file_name} is not in tests/flow/golden: write it with `make golden`, and read it"
    return file.read_text(encoding="utf-8")


def snapshot(name: str, text: str) -> None:
    """Compare a text with `golden/NAME.txt`, spaces at the end of lines aside."""
    found = "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"
    assert found == reviewed(f"{name}.txt", found), f"{name}.txt differs: if that is meant, `make golden` and read it"

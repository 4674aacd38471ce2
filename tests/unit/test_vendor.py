"""What others made is as they published it, says its license, and can stand in a page as it is."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from transforms.reports.templating import VENDOR

TOLD = dict(re.findall(r"^\| `([^`]+/[^`]+)` \| `([0-9a-f]{64})` \|$", (VENDOR / "README.md").read_text("utf-8"), re.M))
FILES = sorted(path for path in VENDOR.rglob("*") if path.is_file() and path.name != "README.md")


def test_every_file_is_told_with_where_it_is_from_and_its_hash_is_the_one_told() -> None:
    found = {path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in FILES}
    assert found == TOLD


def test_every_project_has_its_license_beside_it_and_stands_in_the_notice() -> None:
    notice = (Path(__file__).parents[2] / "NOTICE").read_text("utf-8").lower()
    for project in {path.parent for path in FILES}:
        assert (project / "License.txt").is_file() and project.name in notice


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_can_end_the_element_that_holds_it_or_fetches_anything(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.search(r"</(script|style)|<!--", text, re.I) is None and "\r" not in text
    assert path.suffix != ".css" or ("url(" not in text and "@import" not in text)

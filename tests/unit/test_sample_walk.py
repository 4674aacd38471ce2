"""The file of the walk is what its generator writes, and looks as a first file does."""

from __future__ import annotations

import subprocess
import sys

from flows.jobs.layout import draft_layout
from flows.settings import SAMPLE, sample_hashes
from tests.support.desk import Desk
from tests.support.layouts import REPO
from transforms.ingest.land import digest

PATH = SAMPLE / "walk" / "sap-deliveries.csv"


def test_the_committed_file_is_what_its_generator_writes() -> None:
    made = "import sys; from data.sample.sap import text; sys.stdout.buffer.write(text().encode('cp1252'))"
    assert subprocess.run([sys.executable, "-c", made], cwd=REPO, capture_output=True).stdout == PATH.read_bytes()


def test_reports_on_it_say_that_it_is_made_up() -> None:
    assert digest(PATH).sha256 in sample_hashes()


def test_the_draft_asks_which_date_it_is_and_nothing_else(desk: Desk) -> None:
    target = desk.home.root.parent / "sap.yml"
    told = draft_layout(desk.home, PATH, None, target, "")
    assert [one["column"] for one in told["asks"]] == ["export_on"]
    assert told["missing"] == [] and len(told["columns"]) == 16

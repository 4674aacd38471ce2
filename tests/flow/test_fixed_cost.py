"""What a screening costs whatever the lines: what it imports, and how many statements it makes. Counts, not time.

`make bench` measures the time of it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest

from data.sample.generate import write_csv
from data.sample.year import generate_year
from flows.jobs import screen
from flows.jobs.ingest import ingest_file
from flows.opening import opened
from flows.settings import Home
from tests.support.command import Golden
from tests.support.large import home_of

FIRST_DAY, NEXT_DAY, LATER = date(2025, 7, 1), date(2025, 7, 2), date(2025, 7, 3)
MODULES, STATEMENTS = 800, 180
"""The most modules that a screening on what is kept may import, and statements that it may make on its home: a quarter
more than on 2026-12-02."""
FILES = ("situations.parquet", "determinations.parquet")
UNWANTED = (
    "altair", "great_expectations", "multiprocessing.process", "openpyxl", "pandas", "prefect", "pyarrow.compute",
    "pyarrow.dataset", "python_calamine", "rapidfuzz", "rich.console", "scipy", "vl_convert", "xlsxwriter",
    "transforms.compare.rules", "transforms.ingest.load", "transforms.layouts.model", "transforms.rulebook.compile",
    "transforms.rulebook.model", "transforms.rulebook.read",
)  # fmt: skip
"""What reads rules, files and names, draws, and shows: nothing of it is asked for where nothing changed."""
SCRIPT = """
import json, sys
from flows.main import app
app(["screen", "--as-of", sys.argv[1], "--home", sys.argv[2], "--json"], standalone_mode=False)
print(json.dumps([len(sys.modules), [one for one in sys.argv[3].split() if one in sys.modules]]))
"""


@pytest.fixture(scope="module")
def screened(golden: Golden, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home of few lines that was screened once, with the law that another home has kept."""
    folder = tmp_path_factory.mktemp("fixed")
    write_csv(generate_year(200), folder / "year.csv")
    home = home_of(folder, folder / "year.csv")
    home.state.mkdir(exist_ok=True)
    shutil.copytree(golden.home / "state" / "made", home.made, dirs_exist_ok=True)
    screen.screen_home(home, FIRST_DAY)
    return home


def test_a_screening_on_what_is_kept_imports_nothing_that_reads_rules_draws_or_shows(screened: Home) -> None:
    words = [sys.executable, "-c", SCRIPT, str(NEXT_DAY), str(screened.root), " ".join(UNWANTED)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)
    modules, unwanted = json.loads(done.stdout.splitlines()[-1])
    print(f"{modules} modules")
    assert unwanted == []
    assert modules <= MODULES


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements of the last screening."""
    said: list[str] = []

    @contextmanager
    def logged(*given: Any, **named: Any) -> Iterator[Any]:
        with opened(*given, **named) as connection:
            connection.execute("call enable_logging(['QueryLog'])")
            yield connection
            connection.execute("call disable_logging()")
            logs = connection.execute("select message from duckdb_logs where type = 'QueryLog'").fetchall()
            said[:] = [message for (message,) in logs]

    monkeypatch.setattr(screen, "opened", logged)
    return said


def test_a_screening_on_what_is_kept_makes_no_more_statements_than_it_did(screened: Home, asked: list[str]) -> None:
    screen.screen_home(screened, LATER)
    print(f"{len(asked)} statements")
    assert 0 < len(asked) <= STATEMENTS


def test_files_of_law_and_situations_are_copied_where_nothing_changed_and_made_where_they_are_not_as_they_were(
    screened: Home, asked: list[str]
) -> None:
    def written(day: int) -> tuple[dict[str, bytes], bool]:
        folder = screen.screen_home(screened, date(2025, 8, day)).report
        is_made = any("written_situations" in one for one in asked)
        return {name: (folder / name).read_bytes() for name in FILES}, is_made

    first, is_made = written(1)
    assert not is_made
    (last,) = screened.reports.glob("2025-08-01-*")
    whole = (last / FILES[0]).read_bytes()
    (last / FILES[0]).write_bytes(whole[:-1])
    assert written(2) == (first, True)
    (last / FILES[0]).write_bytes(whole)
    assert written(3) == (first, False)
    write_csv(generate_year(50, first_shipment=700_000_000), screened.root / "more.csv")
    ingest_file(screened, screened.root / "more.csv", known_from=datetime(2026, 11, 22))
    more, is_made = written(4)
    assert is_made
    assert more[FILES[0]] != first[FILES[0]]

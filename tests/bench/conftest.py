"""Data of the measurements that are tests: made once per session, in a temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.sample.generate import generate, write_csv
from flows.settings import RULES, SAMPLE, Home
from tests.support.large import home_of
from transforms.rulebook.model import Rulebook
from transforms.rulebook.read import read_rulebook

LARGE = 1_000_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(pytest.mark.bench)


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="session")
def large_csv(folder: Path) -> Path:
    path = folder / "large.csv"
    write_csv(generate(LARGE), path)
    return path


@pytest.fixture(scope="session")
def large_home(folder: Path, large_csv: Path) -> Home:
    return home_of(folder / "large", large_csv)


@pytest.fixture(scope="session")
def sample_home(folder: Path) -> Home:
    return home_of(folder / "sample", *sorted(SAMPLE.glob("*.csv"), reverse=True))


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return read_rulebook(RULES)

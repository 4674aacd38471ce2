"""What tests of one part may ask for: a store of lines and filings, and homes that are dear to make."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from flows.lakes import bucket
from flows.settings import Home
from tests.support.bucket import TRIES, Opened, Proxy
from tests.support.verifying import noted
from transforms.pipeline import give
from transforms.store import CONFIG, open_memory, tables_of_home


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Have databases take one thread: a few rows cost more to share out than to take. Other folders use all of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(CONFIG, "threads", "1")
        yield


@pytest.fixture
def opened(proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Opened:
    """Return what opens a lake of this test in a bucket, behind the proxy, with nothing at hand."""
    monkeypatch.setitem(bucket._BACKOFF, "init_backoff", timedelta(milliseconds=20))
    prefix = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:8]

    def open_one(name: str = "lakes") -> bucket.Bucket:
        fetched = tmp_path / f"fetched-{len(list(tmp_path.iterdir()))}"
        fetched.mkdir()
        return bucket.open_bucket(name, f"all/{prefix}", fetched, TRIES)

    return open_one


@pytest.fixture
def store() -> Iterator[duckdb.DuckDBPyConnection]:
    """Return an empty store, in which lines and filings can be held against each other."""
    with open_memory() as connection:
        connection.execute(tables_of_home())
        give(connection, "subjects", [{"situation_key": 7, "situation_id": "seven"}])
        yield connection


@pytest.fixture(scope="module")
def noted_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with three screenings and two decisions: entries 1 and 3 and 5 are screenings."""
    return noted(tmp_path_factory.mktemp("noted"))


@pytest.fixture
def copied_home(noted_home: Home, tmp_path: Path) -> Home:
    """Return a copy of it, to be tampered with."""
    shutil.copytree(noted_home.root, tmp_path / "home")
    return Home(tmp_path / "home")

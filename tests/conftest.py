"""What every test may ask for: a home or a desk of its own, and one process that draws for all of them."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.settings import Home, keep_private
from tests.support.bucket import Proxy, allow, s3_server
from tests.support.desk import Desk, open_door
from tests.support.homes import make_home
from tests.support.later import LONG
from tests.support.report_sample import lived
from tests.support.shared import made_once
from transforms.reports.drawing import drawing_beside


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what `long.txt` names."""
    for item in items:
        if item.nodeid in LONG:
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="session", autouse=True)
def private() -> None:
    """Make files as the command does, so that homes of tests are private."""
    keep_private()


@pytest.fixture(scope="session", autouse=True)
def as_the_command_runs() -> None:
    """Look for what is left over as seldom as the command does."""
    gc.set_threshold(50_000)


@pytest.fixture(scope="session", autouse=True)
def one_drawing_process() -> Iterator[None]:
    """Let all screenings of the session share the process that draws, which takes a second to start."""
    with drawing_beside():
        yield


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of a server on loopback that speaks as S3 does, with a bucket `lakes`."""
    with s3_server(tmp_path_factory.mktemp("s3")) as port:
        yield port


@pytest.fixture
def proxy(s3: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """Return a proxy before that server; the environment has it for the endpoint, and the credentials."""
    made = Proxy(s3)
    allow(monkeypatch, made.port)
    yield made
    made.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return an empty home; what is to stand in it, the fixtures of a module put there."""
    return make_home(tmp_path)


@pytest.fixture(scope="module")
def lived_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home whose findings have lived; the tests of a module share a copy of their own."""
    made, own = made_once(tmp_path_factory, "lived", lived), tmp_path_factory.mktemp("lived")
    shutil.copytree(made, own, dirs_exist_ok=True)
    return Home(own / "home")


@pytest.fixture
def desk(home: Home) -> Desk:
    """Return a desk with an empty home, the door of which is open."""
    return open_door(home)


@pytest.fixture
def guarded(desk: Desk) -> Desk:
    """Return a desk with an empty home, the door of which is the shipped one."""
    (desk.home.root / "door.yml").unlink()
    return desk

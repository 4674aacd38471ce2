"""The golden run: the shipped sample through the real command and the real Prefect flow, once for all workers."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.support.command import AS_OF, Done, Golden, earshot
from tests.support.shared import made_once


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Golden:
    """Return the nightly run of the shipped sample in a fresh home, made where new files are everyone's."""
    folder = made_once(tmp_path_factory, "golden", _make)
    done = json.loads((folder / "done.json").read_text(encoding="utf-8"))
    return Golden(folder / "home", Done(**done))


def _make(folder: Path) -> None:
    before = os.umask(0)
    try:
        assert earshot("init", "--home", folder / "home", "--sample").code == 0
        done = earshot("nightly", "--home", folder / "home", "--as-of", AS_OF, "--json")
    finally:
        os.umask(before)
    told = {"code": done.code, "out": done.out, "err": done.err}
    (folder / "done.json").write_text(json.dumps(told), encoding="utf-8")

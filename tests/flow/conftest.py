"""The golden run: the shipped sample through the real command and the real Prefect flow, once per session."""

from __future__ import annotations

import os

import pytest

from tests.support.command import AS_OF, Golden, earshot


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Golden:
    """Return the nightly run of the shipped sample in a fresh home, made where new files are everyone's."""
    home = tmp_path_factory.mktemp("golden") / "home"
    before = os.umask(0)
    try:
        assert earshot("init", "--home", home, "--sample").code == 0
        return Golden(home, earshot("nightly", "--home", home, "--as-of", AS_OF, "--json"))
    finally:
        os.umask(before)

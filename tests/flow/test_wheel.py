"""What is installed without the repository is whole: a wheel in another environment screens the sample as it should."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.support.command import AS_OF, OFFLINE
from tests.support.golden import FILE, KEYS

REPO = Path(__file__).parents[2]
READ = ("transforms", "flows", "rules", "data/layouts", "data/sample", "data/door.yml")
"""What the code reads at run time, by its place in the repository."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=REPO)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_every_file_that_is_read_at_run_time(wheel: Path) -> None:
    read = [path for name in READ for path in ((REPO / name).rglob("*") if (REPO / name).is_dir() else [REPO / name])]
    wanted = {
        path.relative_to(REPO).as_posix()
        for path in read
        if path.is_file() and "__pycache__" not in path.parts and not path.match("data/sample/*.py")
    }
    carried = {name.removeprefix("flows/shipped/") for name in zipfile.ZipFile(wheel).namelist()}
    assert wanted - carried == set()


@pytest.mark.long
def test_an_installed_earshot_judges_the_sample_as_the_repository_does(wheel: Path, tmp_path: Path) -> None:
    other, nowhere = tmp_path / "other", tmp_path / "nowhere"
    nowhere.mkdir()
    _run(sys.executable, "-m", "venv", "--without-pip", other, cwd=nowhere)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", other / "bin" / "python")
    _run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=nowhere)
    # the libraries of this environment, but not its Earshot: the .pth file of an editable install is not read here
    libraries = os.pathsep.join(dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))))
    where = "import flows, transforms; print(transforms.__file__); print(flows.__file__)"
    for file in _run(other / "bin" / "python", "-c", where, cwd=nowhere, PYTHONPATH=libraries).split():
        assert Path(file).is_relative_to(other)
    earshot = other / "bin" / "earshot"
    _run(earshot, "init", "--sample", "--home", "h", cwd=nowhere, PYTHONPATH=libraries)
    told = _run(earshot, "nightly", "--home", "h", "--as-of", AS_OF, "--json", cwd=nowhere, PYTHONPATH=libraries)
    done = json.loads(told)
    assert {key: done[key] for key in KEYS} == json.loads(FILE.read_text(encoding="utf-8"))


def _run(*words: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command as if the repository were not there, and return what it printed; it must not fail."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("PYTHONPATH", "VIRTUAL_ENV") and not key.startswith(("PREFECT_", "EARSHOT_"))
    }
    done = subprocess.run(
        words, env=kept | OFFLINE | environment, cwd=cwd, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout

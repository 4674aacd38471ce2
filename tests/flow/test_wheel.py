"""What is installed without the repository is whole: a wheel in another environment screens the sample as it should."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import AS_OF, OFFLINE, Golden
from tests.support.golden import FILE, KEYS

REPO = Path(__file__).parents[2]
LIBRARIES = os.pathsep.join(dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))))
"""Those of this environment, but not its Earshot: the .pth file of an editable install is not read there."""
ONLINE = {key: os.environ.get(key, "") for key in OFFLINE}
"""For what asks a registry of packages."""
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


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the command of the wheel in another environment, which has the libraries of this one."""
    other = tmp_path_factory.mktemp("other")
    _run(sys.executable, "-m", "venv", "--without-pip", other, cwd=other)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", other / "bin" / "python")
    _run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=other)
    where = "import flows, transforms; print(transforms.__file__); print(flows.__file__)"
    for file in _run(other / "bin" / "python", "-c", where, cwd=other, PYTHONPATH=LIBRARIES).split():
        assert Path(file).is_relative_to(other)
    return other / "bin" / "earshot"


def asked(installed: Path, folder: Path, home: str, *words: str) -> dict[str, Any]:
    """Return the answer of a command of the wheel, typed in an empty folder."""
    told = _run(installed, *words, "--home", home, "--json", cwd=folder, PYTHONPATH=LIBRARIES)
    read: dict[str, Any] = json.loads(told)
    return read


def test_an_installed_earshot_begins_a_home_looks_it_over_and_answers_on_one_from_an_empty_folder(
    installed: Path, golden: Golden, tmp_path: Path
) -> None:
    assert asked(installed, tmp_path, "h", "init", "--sample")["sample"]
    assert asked(installed, tmp_path, "h", "doctor")["ok"] is True
    golden.copy(tmp_path / "g")
    impact = asked(installed, tmp_path, "g", "impact", "pakistan-rs", "--from", "2024-01-01", "--to", "2024-12-31")
    assert (tmp_path / impact["report"] / "impact.html").is_file()


@pytest.mark.long
def test_an_installed_earshot_judges_the_sample_as_the_repository_does(installed: Path, tmp_path: Path) -> None:
    asked(installed, tmp_path, "h", "init", "--sample")
    done = asked(installed, tmp_path, "h", "nightly", "--as-of", AS_OF)
    assert {key: done[key] for key in KEYS} == json.loads(FILE.read_text(encoding="utf-8"))
    period = ("--from", "2026-01-01", "--to", "2026-03-31")
    report = asked(installed, tmp_path, "h", "report", "--as-of", AS_OF, *period)
    assert (tmp_path / report["report"] / "report.html").is_file()
    impact = asked(installed, tmp_path, "h", "impact", "pakistan-rs", "--from", "2024-01-01", "--to", "2024-12-31")
    assert (tmp_path / impact["report"] / "impact.html").is_file()
    assert asked(installed, tmp_path, "h", "doctor")["ok"] is True


@pytest.mark.long
def test_a_fresh_environment_by_the_lock_of_users_alone_does_a_night(wheel: Path, tmp_path: Path) -> None:
    other, command = tmp_path / "other", tmp_path / "other" / "bin" / "earshot"
    _run(sys.executable, "-m", "venv", other, cwd=tmp_path)
    pip = (other / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    _run(*pip, "-r", REPO / "requirements.lock", cwd=tmp_path, **ONLINE)
    _run(*pip, "--no-deps", "--no-index", wheel, cwd=tmp_path)
    _run(other / "bin" / "python", "-m", "pip", "check", cwd=tmp_path)
    _run(command, "init", "--sample", "--home", "h", cwd=tmp_path)
    done = json.loads(_run(command, "nightly", "--home", "h", "--as-of", AS_OF, "--json", cwd=tmp_path))
    assert {key: done[key] for key in KEYS} == json.loads(FILE.read_text(encoding="utf-8"))
    assert json.loads(_run(command, "doctor", "--home", "h", "--json", cwd=tmp_path))["ok"] is True


@pytest.mark.long
@pytest.mark.parametrize("tool", ["uv", "pipx"])
def test_a_tool_that_installs_commands_installs_the_wheel(wheel: Path, tmp_path: Path, tool: str) -> None:
    program = shutil.which(tool)
    if program is None:
        pytest.skip(f"{tool} is not installed here")
    places = {
        "UV_TOOL_DIR": str(tmp_path / "tools"), "UV_TOOL_BIN_DIR": str(tmp_path / "bin"),
        "PIPX_HOME": str(tmp_path / "tools"), "PIPX_BIN_DIR": str(tmp_path / "bin"),
    }  # fmt: skip
    words = ["tool", "install", "--constraints"] if tool == "uv" else ["install", "--pip-args"]
    lock = str(REPO / "requirements.lock")
    _run(program, *words, lock if tool == "uv" else f"-c {lock}", wheel, cwd=tmp_path, **places, **ONLINE)
    assert _run(tmp_path / "bin" / "earshot", "--version", cwd=tmp_path).startswith("earshot ")
    assert json.loads(_run(tmp_path / "bin" / "earshot", "init", "--json", cwd=tmp_path))["home"]


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

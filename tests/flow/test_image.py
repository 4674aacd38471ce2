"""The image of Earshot: run by a user without rights, its home a volume, nothing of the repository's data in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from fnmatch import fnmatch

import pytest

from tests.support.layouts import REPO

TEXT = (REPO / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
STEPS = [tuple(line.split(maxsplit=1)) for line in TEXT.splitlines() if line.strip() and not line.startswith("#")]
LAST = STEPS[max(place for place, (word, *_) in enumerate(STEPS) if word == "FROM") :]
"""The stage that is run."""


def said(word: str) -> list[str]:
    return [rest for found, rest in LAST if found == word]


def test_the_image_is_run_by_a_user_without_rights_with_the_home_as_a_volume() -> None:
    assert said("USER") == ["earshot"]
    assert [word for word, _ in LAST][-3:] == ["HEALTHCHECK", "ENTRYPOINT", "CMD"]
    assert json.loads(said("ENTRYPOINT")[0]) == ["earshot"]
    (home,) = re.findall(r"EARSHOT_HOME=(\S+)", said("ENV")[0])
    assert said("VOLUME") == [home]
    assert f"--mode=0700 {home}" in said("RUN")[0]
    assert "EXPOSE" not in {word for word, *_ in STEPS}


def test_the_health_of_a_container_is_what_the_doctor_says_without_opening_the_database() -> None:
    (check,) = said("HEALTHCHECK")
    assert json.loads(check[check.index("[") :]) == ["earshot", "doctor", "--quick", "--json"]


def test_the_base_is_one_version_and_what_is_installed_is_locked() -> None:
    assert {rest.split()[0] for word, rest in STEPS if word == "FROM"} == {"python:3.11.7-slim-bookworm"}
    installs = [one for word, rest in STEPS if word == "RUN" for one in re.findall(r"pip install [^&]*", rest)]
    assert installs
    assert [one for one in installs if not re.search(r" -[rc] requirements|--no-index", one)] == []


def test_only_what_is_copied_can_come_into_the_image() -> None:
    lines = (REPO / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = [line[1:] for line in lines if line.startswith("!")]
    assert lines[1] == "*"
    copied = {name for word, rest in STEPS if word == "COPY" and "--from" not in rest for name in rest.split()[:-1]}
    assert [name for name in let_in if not (REPO / name).exists()] == []
    assert [name for name in copied if not any(one == name or one.startswith(f"{name}/") for one in let_in)] == []
    ignored = [line.strip("/") for line in (REPO / ".gitignore").read_text("utf-8").splitlines() if "/data/" in line]
    assert [name for name in ignored if any(fnmatch(name, one) for one in let_in)] == []


@pytest.mark.long
def test_the_image_is_built_and_does_a_night(tmp_path: object) -> None:
    program = next((one for one in map(shutil.which, ("docker", "podman")) if one), None)
    if program is None or subprocess.run([program, "info"], capture_output=True, check=False).returncode:
        pytest.skip("no container tool that runs is at hand: the image is looked at, and not built")
    name = "earshot-test"
    subprocess.run([program, "build", "--tag", name, REPO], check=True, timeout=1_200)
    run = [program, "run", "--rm", "--network", "none", "--volume", f"{name}:/home/earshot/data", name]
    try:
        subprocess.run([*run, "init", "--sample"], check=True, timeout=120)
        told = subprocess.run([*run, "nightly", "--json"], check=True, capture_output=True, text=True, timeout=600)
        assert json.loads(told.stdout)["lines"] > 0
        subprocess.run([*run, "doctor", "--quick"], check=True, timeout=120)
    finally:
        subprocess.run([program, "volume", "rm", "--force", name], check=False)

"""`earshot serve`, with the real server: a schedule fires, what a run shows is seen, and a signal ends all of it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flows.holder import hold
from flows.settings import Home
from tests.support.chromium import CHROMIUM, FLAGS
from tests.support.command import Golden, earshot
from tests.support.desk import open_door
from tests.support.extracts import extract, row
from tests.support.homes import make_home
from tests.support.serving import Service, is_listening, left_of, start
from transforms.errors import HomeBusy

PARTY = "Quillon Marsh Trading"


@pytest.fixture(scope="module")
def service(golden: Golden, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A tiny home that is served, with a first run that has ended; what Prefect made at its first start is at hand."""
    folder = tmp_path_factory.mktemp("served")
    home = open_door(make_home(folder)).home
    for name in ("prefect", "prefect.ready"):
        source = golden.home / "state" / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, home.state / name)
    (home.inbox / f"{PARTY}.csv").write_text(extract(row("A", description=PARTY), row("B", destination="Freedonia")))
    served = start(home.root, "--every", "5", log=folder / "said.txt")
    try:
        served.wait_for_run("COMPLETED")
        yield served
    finally:
        served.kill()


@pytest.fixture(scope="module")
def seen(service: Service) -> SimpleNamespace:
    """The first run as the API tells it, its artifacts by key, and its page in the browser."""
    run = min(service.runs("COMPLETED"), key=lambda one: one["expected_start_time"])
    own = {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}}
    artifacts = {one["key"]: one for one in service.ask("artifacts/filter", **own)}
    return SimpleNamespace(run=run, artifacts=artifacts)


def test_the_schedule_fires_and_the_run_says_what_it_is(service: Service, seen: SimpleNamespace) -> None:
    assert seen.run["created_by"]["type"] == "SCHEDULE"
    assert re.fullmatch(r"nightly, as of \d{4}-\d\d-\d\d", seen.run["name"])
    assert "earshot" in seen.run["tags"]
    tasks = service.ask("task_runs/filter", flow_runs={"id": {"any_": [seen.run["id"]]}})
    assert {one["name"] for one in tasks} >= {f"ingest {PARTY}.csv", "situations to review first"}
    assert list((service.home / "inbox").iterdir()) == []
    assert len(list((service.home / "reports").glob("[!.]*/summary.html"))) == 1


def test_the_artifacts_count_by_rule_tell_what_was_not_screened_and_name_no_party(seen: SimpleNamespace) -> None:
    assert seen.artifacts.keys() == {"findings-by-rule", "summary", "report"}
    summary = seen.artifacts["summary"]["data"]
    assert "1 lines screened" in summary and "## Not screened\n- 1 quarantined rows" in summary
    assert "not legal advice" in summary
    assert '"Flagged"' in seen.artifacts["findings-by-rule"]["data"]
    assert "summary.html" in seen.artifacts["report"]["data"]
    assert PARTY not in str(seen.artifacts)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the pages of a run were not looked at")
def test_the_pages_show_the_run_and_its_artifacts_in_a_browser(
    service: Service, seen: SimpleNamespace, tmp_path: Path
) -> None:
    flags = [one.replace("MAP * ~NOTFOUND", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1") for one in FLAGS]
    wanted = {f"runs/flow-run/{seen.run['id']}": seen.run["name"], "artifacts": "findings-by-rule"}
    for page, words in wanted.items():
        command = [CHROMIUM, *flags, f"--user-data-dir={tmp_path}", "--virtual-time-budget=30000", "--dump-dom"]
        for _ in range(5):  # its clock may run out before a server that is busy answers
            done = subprocess.run([*command, f"{service.url}/{page}"], capture_output=True, text=True, check=True)
            if words in done.stdout:
                break
        assert words in done.stdout
    assert "not legal advice" in done.stdout


def test_it_listens_on_loopback_alone_and_other_sites_may_not_ask_it(service: Service) -> None:
    tables = [Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6")]
    listening = [line.split()[1] for table in tables for line in table.splitlines()]
    here = {one.partition(":")[0] for one in listening if one.endswith(f":{service.port:04X}")}
    assert here == {"0100007F"}
    asked = ["curl", "-s", "-i", "-H", "Origin: http://evil.example", f"{service.url}/api/health"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert "200 OK" in told and "evil.example" not in told and "allow-origin: *" not in told.lower()


def test_all_that_it_keeps_is_private(service: Service) -> None:
    files = [path for path in (service.home / "state").rglob("*") if path.exists()]
    assert [path for path in files if path.stat().st_mode & 0o077] == []


def test_a_second_one_is_refused_and_so_is_a_port_in_use(service: Service, tmp_path: Path) -> None:
    second = earshot("serve", "--home", service.home, "--port", "4999")
    assert second.code == 1 and f"process {service.process.pid}" in second.err
    assert "serves this home already" in second.err
    other = make_home(tmp_path).root
    taken = earshot("serve", "--home", other, "--port", str(service.port))
    assert taken.code == 2 and f"--port {service.port}: cannot be used on 127.0.0.1" in taken.err
    assert len(taken.err.splitlines()) == 1


def test_a_run_that_the_command_line_keeps_from_the_home_ends_in_a_state_of_its_own(service: Service) -> None:
    with ExitStack() as held:
        for _ in range(400):  # between two runs
            with suppress(HomeBusy):
                held.enter_context(hold(Home(service.home), "earshot ingest"))
                break
            time.sleep(0.1)
        run = service.wait_for_run("CANCELLED")
    assert run["state_name"] == "Home in use"
    assert f"process {os.getpid()} (earshot ingest" in run["state"]["message"]


def test_a_signal_lets_the_run_end_pauses_the_schedule_and_leaves_nothing(service: Service) -> None:
    at_work = service.wait_for_run("PENDING", "RUNNING")
    assert service.stop(signal.SIGTERM) == 0
    assert service.said.splitlines()[-1] == "Ended"
    assert "leaked" not in service.said
    # Prefect's engine says so of each run that ends as canceled, and of no other
    assert service.said.count("Traceback") == service.said.count("prefect.exceptions.CancelledRun: ") == 1
    assert (is_listening(service.port), left_of(service.home, service.port)) == (False, [])
    query = "select id, state_type from flow_run where deployment_id is not null"
    with sqlite3.connect(service.home / "state" / "prefect" / "prefect.db") as connection:
        rows: dict[str, Any] = dict(connection.execute(query).fetchall())
        assert connection.execute("select name, paused from deployment").fetchall() == [("nightly", 1)]
    assert rows[at_work["id"]] == "COMPLETED"
    assert set(rows.values()) == {"COMPLETED", "CANCELLED"}


@pytest.mark.long
def test_nights_that_were_missed_are_caught_up_once_as_the_home_tells(golden: Golden, tmp_path: Path) -> None:
    home = golden.copy(tmp_path / "home")
    (home / "state" / "night.json").unlink()
    seals = home / "journal.txt"
    seals.write_text(re.sub(r"\t\d{4}-\d\d-\d\dT", "\t2026-11-25T", seals.read_text()))  # as if nothing ran since
    served = start(home, log=tmp_path / "said.txt")
    try:
        run = served.wait_for_run("COMPLETED")
        assert "caught up" in run["tags"]
        assert len(served.runs("COMPLETED", "RUNNING", "PENDING")) == 1
        assert served.stop(signal.SIGINT) == 0
    finally:
        served.kill()
    assert len(re.findall("Catching up: nightly, missed at", served.said)) == 1

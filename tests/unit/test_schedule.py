"""When a night or a report is due, what was missed by what the home has, and what the examples of schedules say."""

from __future__ import annotations

import asyncio
import getpass
import importlib
import json
import shlex
import shutil
import subprocess
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from flows.config.keys import all_keys
from flows.config.kinds import read_value
from flows.jobs.periods import Every, period_before
from flows.main import app
from flows.serving.note import served_at, serving
from flows.serving.schedule import Missed, Schedule, missed
from flows.serving.serve import look_out
from flows.settings import Home, now
from tests.support.command import EARSHOT
from tests.support.commands import check
from tests.support.layouts import REPO
from transforms.errors import EarshotError

NIGHT = "30 2 * * *"
DEPLOY = REPO / "deploy"
SYSTEMD = shutil.which("systemd-analyze")


@pytest.mark.parametrize(
    ("day", "every", "first", "last"),
    [
        ("2026-12-02", "month", "2026-11-01", "2026-11-30"),
        ("2027-01-01", "month", "2026-12-01", "2026-12-31"),
        ("2024-03-31", "month", "2024-02-01", "2024-02-29"),
        ("2026-12-31", "quarter", "2026-07-01", "2026-09-30"),
        ("2027-01-01", "quarter", "2026-10-01", "2026-12-31"),
        ("2026-04-01", "quarter", "2026-01-01", "2026-03-31"),
    ],
)
def test_a_report_is_about_the_last_period_that_is_over(day: str, every: Every, first: str, last: str) -> None:
    told = period_before(date.fromisoformat(day), every)
    assert told == (date.fromisoformat(first), date.fromisoformat(last))


def ran(home: Home, *moments: str) -> Home:
    """A home whose journal was sealed at those moments."""
    lines = [f"{number}\trun\tr{number}\t{at}Z\t{'0' * 64}" for number, at in enumerate(moments, 1)]
    home.seals.write_text("\n".join([*lines, f"9\tdecision\td\t2030-01-01T00:00:00Z\t{'0' * 64}"]) + "\n")
    return home


@pytest.mark.parametrize(
    ("runs", "moment", "due"),
    [
        ([], "2026-12-02T12:00:00", None),
        (["2026-12-02T07:40:00"], "2026-12-02T12:00:00", None),
        (["2026-12-01T07:40:00"], "2026-12-02T07:29:59", None),
        (["2026-12-01T07:40:00"], "2026-12-02T07:30:00", "2026-12-02T07:30:00"),
        (["2026-11-20T07:40:00", "2026-11-25T07:40:00"], "2026-12-02T12:00:00", "2026-12-02T07:30:00"),
        (["2026-07-01T06:40:00"], "2026-07-03T12:00:00", "2026-07-03T06:30:00"),
    ],
    ids=["never ran", "ran", "not yet due", "just due", "days ago", "in summer"],
)
def test_a_night_is_missed_where_none_ran_since_it_was_due(
    home: Home, runs: list[str], moment: str, due: str | None
) -> None:
    schedule = Schedule(NIGHT, None, "America/New_York")
    found = missed(ran(home, *runs), schedule, datetime.fromisoformat(moment))
    assert found == Missed(datetime.fromisoformat(due) if due else None)


def test_a_report_is_missed_until_a_run_has_one_on_its_period(home: Home) -> None:
    ran(home, "2026-11-20T07:40:00", "2026-12-02T07:40:00")
    schedule = Schedule(NIGHT, "0 6 1 * *", "UTC")
    moment = datetime(2026, 12, 2, 12)
    assert missed(home, schedule, moment) == Missed(None, datetime(2026, 12, 1, 6))
    (home.reports / "run" / "report-2026-11-01-2026-11-30").mkdir(parents=True)
    assert missed(home, schedule, moment) == Missed()


@pytest.mark.parametrize(("cron", "every"), [("0 6 1 * *", "month"), ("0 6 1 1,4,7,10 *", "quarter")])
def test_a_report_that_is_due_less_often_than_monthly_is_about_quarters(cron: str, every: str) -> None:
    assert Schedule(NIGHT, cron, "UTC").report_every == every


def test_one_process_serves_a_home_and_a_note_that_is_left_says_nothing(home: Home) -> None:
    with serving(home, "http://127.0.0.1:9/api"):
        assert served_at(home) == ""  # nothing answers there
        with pytest.raises(EarshotError, match="serves this home already"), serving(home, ""):
            pass
    (home.state / "serve.lock").write_text('{"pid": 1, "host": "h", "url": "http://127.0.0.1:9/api", "since": ""}')
    assert served_at(home) == ""


def test_an_address_that_others_reach_is_refused_unless_it_is_allowed(home: Home) -> None:
    done = CliRunner().invoke(app, ["serve", "--home", str(home.root), "--host", "0.0.0.0"])
    assert "no authentication" in str(done.exception) and "--allow-network" in str(done.exception)


def test_each_entrypoint_of_the_worker_is_a_flow_and_takes_its_parameters() -> None:
    from prefect import Flow

    said = yaml.safe_load((REPO / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    for one in said:
        file, name = one["entrypoint"].split(":")
        flow = getattr(importlib.import_module(file.removesuffix(".py").replace("/", ".")), name)
        assert isinstance(flow, Flow) and flow.name == one["name"]
        assert one["parameters"].keys() <= flow.parameters.properties.keys()
        assert set(flow.parameters.required) <= one["parameters"].keys()
    night = next(one for one in said if one["name"] == "nightly")
    assert night["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}


def commands(text: str) -> list[str]:
    """The lines that an example has a scheduler run, as they would be typed."""
    found = [line.partition("/opt/earshot/bin/")[2] for line in text.splitlines() if not line.startswith("#")]
    return [line.partition(" >>")[0] for line in found if line]


@pytest.mark.parametrize("name", sorted(path.name for path in DEPLOY.iterdir()))
def test_what_an_example_runs_can_be_typed(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert len(commands(text)) == {"crontab": 3, "earshot-nightly.timer": 0}.get(name, 1)
    for line in commands(text):
        check(shlex.join(shlex.split(line)))


def test_the_times_of_cron_are_times() -> None:
    lines = [line for line in (DEPLOY / "crontab").read_text().splitlines() if line[:1].isdigit()]
    for line in lines:
        read_value(all_keys()["schedule.nightly"], " ".join(line.split()[:5]), Path())


@pytest.mark.skipif(SYSTEMD is None, reason="no systemd-analyze here: the units were not verified")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for path in DEPLOY.glob("earshot-*"):
        text = path.read_text(encoding="utf-8").replace("/opt/earshot/bin/earshot", str(EARSHOT))
        (tmp_path / path.name).write_text(text.replace("User=earshot", f"User={getpass.getuser()}"))
    units = sorted(str(path) for path in tmp_path.iterdir())
    done = subprocess.run([str(SYSTEMD), "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "earshot" in line]
    assert (len(units), ours) == (3, [])


@pytest.mark.parametrize(("hours", "is_told"), [(48, True), (1, False)])
def test_a_night_that_did_not_run_is_told_while_the_home_is_served(home: Home, hours: int, is_told: bool) -> None:
    ended = {"ended_at": f"{now() - timedelta(hours=hours):%Y-%m-%d %H:%M:%S}", "run_id": "r", "files_not_loaded": 0}
    (home.state / "night.json").write_text(json.dumps(ended))

    async def serve() -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(look_out(home, seconds=0.05), 1)

    asyncio.run(serve())
    assert home.failed.exists() is is_told

"""Serve a home: its nights and reports on a schedule, one at a time, until a signal asks to end."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flows.holder import hold
from flows.prefect_home import is_ready, mark_ready, prepare
from flows.serving.note import serving
from flows.serving.schedule import Missed, Schedule, missed
from flows.serving.server import Address, running, set_environment
from flows.settings import Home, now
from transforms.errors import EarshotError

if TYPE_CHECKING:
    import subprocess

    from prefect.deployments.runner import RunnerDeployment
    from prefect.runner import Runner

Tell = Callable[[str], None]
LOOK_SECONDS = 3600
"""How often a home is asked whether a night did not run."""
_AT_WORK = ("PENDING", "RUNNING", "CANCELLING")


@dataclass(frozen=True)
class Served:
    """What is served, and where: a home under a schedule, its pages at an address."""

    home: Home
    address: Address
    schedule: Schedule
    tell: Tell


def serve_home(home: Home, address: Address, schedule: Schedule, tell: Tell) -> None:
    """Serve the home until SIGTERM or SIGINT, and return once the schedule is paused and the server has stopped.

    A night that runs then is let come to its end; a second signal stops it, and the next one does again what it had
    not finished. What was missed while nothing served is caught up once. The database is opened by the runs alone, each
    of them a process of its own. Raises EarshotError where another process serves the home, or the server fails, and
    InputError where the port is in use.
    """
    home.require()
    with ExitStack() as held:
        held.enter_context(serving(home, f"{address.url}/api"))
        address.require_free()
        with ExitStack() as first:
            if not is_ready(home):  # what an unfinished first start left is removed by who holds the home
                first.enter_context(hold(home, "earshot serve"))
            prepare(home)
            set_environment(address, schedule.every_seconds)
            tell("Prefect's server is starting")
            server = held.enter_context(running(home, address))
            mark_ready(home)
        asyncio.run(_serve(Served(home, address, schedule, tell), server))


async def _serve(served: Served, server: subprocess.Popen[bytes]) -> None:
    from prefect.client.orchestration import get_client
    from prefect.runner import Runner

    asked, again = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask(*_: Any) -> None:
        """Note a first signal, and a second one."""
        loop.call_soon_threadsafe((again if asked.is_set() else asked).set)

    class OneAtATime(Runner):
        """Prefect's own, which would end in the middle of a run when it is asked to."""

        def handle_sigterm(self, *_: Any, **__: Any) -> None:
            ask()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    runner = OneAtATime(name="earshot", limit=1, pause_on_shutdown=False)
    made = {one.name: await runner.aadd_deployment(one) for one in await _deployments(served)}
    async with get_client() as client:
        await _forget_late(client, list(made.values()))
        await _catch_up(client, served, made)
    ends = [asyncio.ensure_future(one) for one in (runner.start(), asked.wait(), _died(server))]
    looking = asyncio.ensure_future(look_out(served.home))
    served.tell(f"Serving {served.home.root}: {served.address.url}")
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    try:
        if not asked.is_set():
            for one in ends:
                if one.done() and (error := one.exception()):
                    raise error
            raise EarshotError(f"Prefect's server ended. {served.home.state}/prefect/server.log may say why.")
        served.tell("Ending: the schedule is paused, and what runs now comes to its end. Signal again to stop it.")
        await _pause(list(made.values()))
        await _wait_for_runs(runner, list(made.values()), again)
    finally:
        with suppress(RuntimeError):  # it was not started yet
            await runner.astop()
        for one in (*ends, looking):
            one.cancel()
        await asyncio.gather(*ends, looking, return_exceptions=True)
        served.tell("Ended")


async def _deployments(served: Served) -> list[RunnerDeployment]:
    from prefect.schedules import Cron, Interval
    from prefect.types.entrypoint import EntrypointType

    from flows.scheduled.nightly import nightly
    from flows.scheduled.report import report

    schedule, home = served.schedule, str(served.home.root.resolve())
    when = (
        Interval(timedelta(seconds=schedule.every_seconds))
        if schedule.every_seconds
        else Cron(schedule.nightly, timezone=schedule.timezone)
    )
    common: dict[str, Any] = {
        "tags": ["earshot"], "paused": False, "entrypoint_type": EntrypointType.MODULE_PATH,
    }  # fmt: skip
    given: dict[str, Any] = {"home": home, **({"wait_minutes": 0} if schedule.every_seconds else {})}
    found = [await nightly.ato_deployment("nightly", schedule=when, parameters=given, **common)]
    if schedule.report:
        given = {"home": home, "every": schedule.report_every}
        monthly = Cron(schedule.report, timezone=schedule.timezone)
        found.append(await report.ato_deployment("report", schedule=monthly, parameters=given, **common))
    return found


async def _forget_late(client: Any, deployments: list[Any]) -> None:
    """Take back runs that Prefect planned for a time that has passed: the home tells what was missed."""
    for run in await _runs(client, deployments, "SCHEDULED"):
        if run.expected_start_time is None or run.expected_start_time.replace(tzinfo=None) < now():
            await client.delete_flow_run(run.id)


async def _catch_up(client: Any, served: Served, made: dict[str, Any]) -> None:
    found: Missed = missed(served.home, served.schedule, now())
    due: dict[str, datetime | None] = {"nightly": found.nightly, "report": found.report}
    for name, moment in due.items():
        if moment is not None:
            what = f"{name}, missed at {moment:%Y-%m-%d %H:%M} UTC"
            served.tell(f"Catching up: {what}")
            await client.create_flow_run_from_deployment(made[name], name=what, tags=["caught up"])


async def _pause(deployments: list[Any]) -> None:
    """Pause the schedules, and take back what they planned; a server that is gone has nothing to pause."""
    import httpx
    from prefect.client.orchestration import get_client

    with suppress(httpx.HTTPError):
        async with get_client() as client:
            for one in deployments:
                await client.pause_deployment(one)
            for run in await _runs(client, deployments, "SCHEDULED"):
                await client.delete_flow_run(run.id)


async def _wait_for_runs(runner: Runner, deployments: list[Any], again: asyncio.Event) -> None:
    """Wait until nothing runs any more and its process has ended too, or until a second signal."""
    import httpx
    from prefect.client.orchestration import get_client

    async with get_client() as client:
        while not again.is_set():
            with suppress(httpx.HTTPError):  # the server is gone: the processes tell
                if runner.has_slots_available() and not await _runs(client, deployments, *_AT_WORK):
                    return
            if runner.has_slots_available() and not await _answers(client):
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(again.wait(), 1)


async def _answers(client: Any) -> bool:
    return await client.api_healthcheck() is None


async def _runs(client: Any, deployments: list[Any], *states: str) -> list[Any]:
    from prefect.client.schemas.filters import (
        FlowRunFilter,
        FlowRunFilterDeploymentId,
        FlowRunFilterState,
        FlowRunFilterStateType,
    )
    from prefect.client.schemas.objects import StateType

    kinds = FlowRunFilterStateType(any_=[StateType(one) for one in states])
    wanted = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=deployments), state=FlowRunFilterState(type=kinds)
    )
    found: list[Any] = await client.read_flow_runs(flow_run_filter=wanted, limit=200)
    return found


async def look_out(home: Home, seconds: float = LOOK_SECONDS) -> None:
    """Tell of a night that did not run, whatever kept it; asked again and again until this is canceled."""
    from flows.notices import tell_if_late

    while True:
        await asyncio.sleep(seconds)
        with suppress(EarshotError, OSError):  # the next night tells of such an error itself
            await asyncio.to_thread(tell_if_late, home)


async def _died(server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        await asyncio.sleep(1)

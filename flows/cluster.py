"""Who runs what is asked of the parts of a lake: a loop in this process, or workers of a Dask cluster.

Only paths and small values pass to a worker, and paths and counts come back. A worker that dies takes nothing with it:
its call is made again elsewhere, to the same bytes. Dask is an extra, imported where a cluster is asked for.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.config.kinds import LOCAL
from transforms.errors import EarshotError, InputError
from transforms.phases import phase

if TYPE_CHECKING:
    from flows.settings import Home
    from transforms.lake.call import Call, Done, Work

_EXTRA = 'pip install "earshot[cluster]"'
_RETRIES = 2
"""So often a call is made again that failed, beside those whose worker died."""
_ANSWER_SECONDS, _WORKER_SECONDS = 15, 60
"""For so long a scheduler, and its first worker, is waited for."""
_SHARE = 0.4
"""Of the memory of a worker, what its database may hold: Dask ends a worker at 95 % of it."""


@contextmanager
def workers_of(home: Home) -> Iterator[Work]:
    """Yield who runs the calls of a screening of this home, as `cluster.address` says; without it, a loop.

    Raises InputError where Dask is not installed, EarshotError where no scheduler or worker answers.
    """
    from transforms.lake.call import Room, in_a_loop

    spill = home.workspace
    try:
        address = home.config.value("cluster.address")
        if address is None:
            yield in_a_loop(Room(spill, threads=home.config.value("engine.threads")))
            return
        with ExitStack() as stack:
            client = stack.enter_context(_client(address, home.config.value("cluster.memory"), spill))

            def work(calls: Sequence[Call]) -> None:
                _run(client, address, calls)

            yield work
    finally:
        shutil.rmtree(spill, ignore_errors=True)


def run_call(call: Call) -> Done:
    """Make the results of a call on the worker that this runs on, within the memory and threads of that worker."""
    import duckdb
    from distributed import get_worker

    from transforms.lake.call import Room

    worker = get_worker()
    limit = worker.memory_manager.memory_limit
    memory = f"{int(limit * _SHARE) >> 20}MB" if limit else Room.memory
    try:
        return call.run(Room(Path(worker.local_directory) / "spill", memory, worker.state.nthreads))
    except duckdb.OutOfMemoryException as error:
        raise EarshotError(_too_small(worker.address, call.name)) from error


@contextmanager
def _client(address: str, memory: str, spill: Path) -> Iterator[Any]:
    distributed = _imported()
    with ExitStack() as stack:
        if local := LOCAL.fullmatch(address):
            spill.mkdir(parents=True, exist_ok=True)
            cluster = distributed.LocalCluster(
                n_workers=int(local[1]), threads_per_worker=1, processes=True, memory_limit=memory, host="127.0.0.1",
                dashboard_address=None, silence_logs=logging.ERROR, local_directory=str(spill), security=True,
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},  # without pages it still listens, at 8787
            )  # fmt: skip
            stack.enter_context(cluster)
            yield stack.enter_context(distributed.Client(cluster))
            return
        try:
            client = stack.enter_context(distributed.Client(address, timeout=_ANSWER_SECONDS, set_as_default=False))
            client.wait_for_workers(1, timeout=_WORKER_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            raise EarshotError(
                f"cluster.address {address}: no scheduler with a worker answers ({_first_line(error)}). Nothing was"
                " changed. Start the scheduler and its workers, or screen without --cluster."
            ) from error
        yield client


def _imported() -> Any:
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "error")  # has to be set before Dask is imported
    try:
        import distributed
    except ImportError as error:
        raise InputError(
            f"--cluster: Dask is not installed ({error.name}). Install it here and on every worker: {_EXTRA}"
        ) from error
    return distributed


def _run(client: Any, address: str, calls: Sequence[Call]) -> None:
    """Run the calls on the workers; when it returns, their results are there."""
    from distributed import as_completed
    from distributed.scheduler import KilledWorker

    with phase("parts", len(calls), "parts"):
        futures = [client.submit(run_call, call, pure=False, retries=_RETRIES) for call in calls]
        asked = dict(zip((future.key for future in futures), calls, strict=True))
        try:
            for future in as_completed(futures):
                _refuse_unseen(asked[future.key], future.result())
        except KilledWorker as error:
            name = asked[error.task].name if error.task in asked else str(error.task)
            raise EarshotError(_too_small(error.last_worker.address, name)) from error
        except EarshotError:
            raise
        except (OSError, RuntimeError, ImportError, AttributeError, TypeError) as error:
            raise EarshotError(
                f"The cluster {address} failed ({type(error).__name__}: {_first_line(error)}). Nothing was changed."
                " Look at the logs of its scheduler and workers; every one of them needs the same version of Earshot."
            ) from error
        finally:
            client.cancel(futures)


def _refuse_unseen(call: Call, done: Done) -> None:
    if lost := [path for path in call.out.values() if not path.exists()]:
        raise EarshotError(
            f"{lost[0]}: the worker {done.worker} wrote it, and it is not here. Nothing was changed. Home and lake must"
            " be in folders that every worker reaches under the same path."
        )


def _too_small(worker: str, what: str) -> str:
    return (
        f"The worker {worker} ran out of memory or was ended too often, at {what}. Nothing was changed. Give each"
        " worker more memory (of local:N, set cluster.memory in earshot.toml; of others, --memory-limit of dask worker)"
        ", or have fewer workers on a machine, and screen again: what is made already stays."
    )


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]

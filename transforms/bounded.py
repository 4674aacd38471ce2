"""How long SQL of a rulebook may run, and how much it may hold: a rule that never ends stops itself, by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import duckdb

MOST_SECONDS = 300.0
"""What one rule may take over one run; on a million situations the shipped ones take seconds together."""
TRIAL_SECONDS = 20.0
"""What it may take where it is tried, without a record or on examples."""
LEAST_BYTES = 4_000_000_000
"""What deciding may hold however few the situations are."""
BYTES_A_ROW = 20_000
"""What each situation, or record that is compared, adds to that."""


class OutOfBoundsError(Exception):
    """SQL took longer, or held more, than it may; the sentence says which."""


@contextmanager
def bounded(connection: duckdb.DuckDBPyConnection, seconds: float = MOST_SECONDS) -> Iterator[None]:
    """Break off what the connection runs after so many seconds.

    Raises OutOfBoundsError then, and where memory ran out (`held`).
    """
    is_over = False

    def end() -> None:
        nonlocal is_over
        is_over = True
        connection.interrupt()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise OutOfBoundsError("it needs more memory than SQL of a rule may have") from error
    except (duckdb.InterruptException, RuntimeError) as error:
        if not is_over:
            raise
        raise OutOfBoundsError(f"it runs for more than {seconds:,.0f} seconds and was stopped") from error
    finally:
        timer.cancel()


@contextmanager
def held(connection: duckdb.DuckDBPyConnection, rows: int) -> Iterator[None]:
    """Have a database in memory, and this process, hold no more than `rows` need while the block runs.

    DuckDB counts what tables, joins and sorts hold, and not a list that one row is made of: the operating system holds
    that, where it can (Linux). Either way DuckDB raises OutOfMemoryException in place of being killed.
    """
    most = LEAST_BYTES + rows * BYTES_A_ROW
    allowed = connection.execute("select current_setting('memory_limit')").fetchone()
    assert allowed is not None  # each connection has one
    if most < _bytes(str(allowed[0])):
        connection.execute(f"set memory_limit = '{most}B'")
    with _process_held(most):
        yield


@contextmanager
def _process_held(more: int) -> Iterator[None]:
    """Have the process be refused more memory than it has now, and so many bytes."""
    size = Path("/proc/self/statm")
    if not size.is_file():
        yield
        return
    import resource  # Unix alone has it

    usual = resource.getrlimit(resource.RLIMIT_AS)
    most = int(size.read_text().split()[0]) * resource.getpagesize() + more
    if usual[0] != resource.RLIM_INFINITY and usual[0] <= most:
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, usual)


def _bytes(said: str) -> float:
    """A size as DuckDB says it: `18.8 GiB`."""
    number, _, unit = said.partition(" ")
    return float(number) * 1_024.0 ** ("bytes", "KiB", "MiB", "GiB", "TiB").index(unit)

"""Screen a home, and write what was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb

from flows.holder import hold
from flows.jobs.clock import present, tell_past, tell_unnoted
from flows.jobs.law import read_law
from flows.jobs.rates import take_up
from flows.jobs.screening import Also, Finished, Screened, screen_past, start_run, write_screening
from flows.opening import opened
from flows.parts import screen_lines
from flows.settings import VERSION, Home, now, user
from flows.watch.job import tell_screened
from transforms.ledger.follow import follow
from transforms.ledger.journal import Deed, write_seals
from transforms.phases import phase
from transforms.pipeline import transaction
from transforms.reports.drawing import drawing_beside, expect_charts

__all__ = ["Finished", "Screened", "screen_home", "write_spreadsheet"]


def screen_home(home: Home, as_of: date, known_at: datetime | None = None, also: Also | None = None) -> Screened:
    """Screen every line of the home and write the run's folder; a screening of the present is noted in the ledger.

    The rulebook is kept beside, so that the run can be made again. `also` may add to the folder (`Also`).
    """
    with drawing_beside(home.made):
        return _screen(home, as_of, known_at, also)


def _screen(home: Home, as_of: date, known_at: datetime | None, also: Also | None) -> Screened:
    from transforms.ledger.reread import reread
    from transforms.rulebook.kept import keep_rulebook

    home.require()
    with phase("law"):
        rules = read_law(home.rules, home.made)
    with (
        hold(home, "earshot screen"),
        opened(home, "earshot screen") as connection,
        phase("screening", count_lines(connection), "lines"),
    ):
        moment = known_at or present(connection)
        keep_rulebook(home.rules, rules.hash, home.rulebooks)
        if known_at is None:
            take_up(home, connection, moment)
        run, inputs = start_run(connection, rules, as_of, known_at, moment)
        if known_at is not None:
            tell_past(connection, known_at)
            result = screen_past(home, connection, rules, run, inputs, home.reports, also)
            tell_screened(result)
            return result
        with phase("reread"):
            reading = reread(connection, rules.law)
        anew = screen_lines(home, connection, rules.law, run, rules.reconciling, keep=True)
        if anew is None or anew.situations or anew.lines:
            expect_charts()
        with transaction(connection):  # what is noted holds only once the run's folder is there
            deed = Deed("run", run.run_id, as_of, user(), now(), version=VERSION)
            is_today = as_of >= now().date()
            superseded = rules.says.superseded
            with phase("follow"):
                noted = follow(connection, run, deed, reading, is_today=is_today, superseded=superseded)
            with phase("write"):
                made = home.made if anew else None
                result = write_screening(connection, rules, run, inputs, home.reports, also, made)
            tell_screened(result, connection)
        write_seals(connection, home.seals)
    if noted is None:
        tell_unnoted(as_of)
    return replace(result, anew=anew)


def count_lines(connection: duckdb.DuckDBPyConnection) -> int:
    """Return how many versions of lines a home holds: how large a screening is. They are counted without being read."""
    ((lines,),) = connection.execute("select count(*) from lines").fetchall()
    return int(lines)


def write_spreadsheet(result: Screened, *, whole: bool = True) -> Path:
    """Write counsel's workbook of the situations into the folder of a finished screening; not `whole`: those to review
    first."""
    from transforms.reports.spreadsheet import MOST_ROWS, NIGHTLY, write_situations

    with phase("spreadsheet"):
        return write_situations(result.report, MOST_ROWS if whole else NIGHTLY)

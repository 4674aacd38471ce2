"""Screen a home, and write what was found."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from flows.holder import hold
from flows.jobs.clock import present, tell_past, tell_unnoted
from flows.jobs.law import read_law
from flows.jobs.rates import take_up
from flows.jobs.screening import Also, Finished, Screened, screen_past, start_run, write_screening
from flows.opening import opened
from flows.parts import screen_lines
from flows.settings import VERSION, Home, now, user
from transforms.ledger.follow import follow
from transforms.ledger.journal import Deed, write_seals
from transforms.pipeline import transaction
from transforms.reports.drawing import drawing_beside

__all__ = ["Finished", "Screened", "screen_home", "write_spreadsheet"]


@drawing_beside()
def screen_home(home: Home, as_of: date, known_at: datetime | None = None, also: Also | None = None) -> Screened:
    """Screen every line of the home and write the run's folder; a screening of the present is noted in the ledger.

    The rulebook is kept beside, so that the run can be made again. `also` may add to the folder (`Also`).
    """
    from transforms.ledger.reread import reread
    from transforms.rulebook.kept import keep_rulebook

    home.require()
    rules = read_law(home.rules, home.made)
    with hold(home, "earshot screen"), opened(home, "earshot screen") as connection:
        moment = known_at or present(connection)
        keep_rulebook(home.rules, rules.rulebook.hash, home.rulebooks)
        if known_at is None:
            take_up(home, connection, moment)
        run, inputs = start_run(connection, rules, as_of, known_at, moment)
        if known_at is not None:
            tell_past(connection, known_at)
            return screen_past(home, connection, rules, run, inputs, home.reports, also)
        reading = reread(connection, rules.law)
        screen_lines(home, connection, rules.law, run, rules.reconciling, keep=True)
        with transaction(connection):  # what is noted holds only once the run's folder is there
            deed = Deed("run", run.run_id, as_of, user(), now(), version=VERSION)
            is_today = as_of >= now().date()
            superseded = rules.rulebook.superseded
            noted = follow(connection, run, deed, reading, is_today=is_today, superseded=superseded)
            result = write_screening(connection, rules, run, inputs, home.reports, also)
        write_seals(connection, home.seals)
    if noted is None:
        tell_unnoted(as_of)
    return result


def write_spreadsheet(result: Screened, *, whole: bool = True) -> Path:
    """Write counsel's workbook of the situations into the folder of a finished screening; not `whole`: those to review
    first."""
    from transforms.reports.spreadsheet import MOST_ROWS, NIGHTLY, write_situations

    return write_situations(result.report, MOST_ROWS if whole else NIGHTLY)

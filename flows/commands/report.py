"""Report to leaders on a period, and gather facts for counsel."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.options import (
    DEFAULT_HOME,
    AsOfOption,
    HomeOption,
    JsonOption,
    KnownAtOption,
    print_json,
    read_day,
    read_moment,
    read_period_day,
)
from flows.settings import Home
from flows.watch.job import watched
from transforms.errors import InputError


def report(
    first: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="YYYY-MM-DD", help="First export date.", show_default="12 whole months before --to"
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option("--to", metavar="YYYY-MM-DD", help="Last export date.", show_default="the day of --as-of"),
    ] = None,
    disclosure: Annotated[
        str | None,
        typer.Option(
            "--disclosure",
            metavar="FILTER",
            help="Write a work file for counsel instead: candidates, or a filter such as 'rule=pakistan-rs"
            " destination=PK from=2024-12-26'. Keys: rule, destination, eccn, consignee, outcome, from, to.",
        ),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a report on a period for leaders: page, workbook and Parquet. Screens first."""
    from flows.holder import hold
    from flows.jobs.report import disclose, report_home

    days = read_period_day("--from", first), read_period_day("--to", last)
    if disclosure is not None and any(days):
        raise InputError(
            "--disclosure: do not combine it with --from or --to. Write the dates in the filter: 'from=2024-12-26'."
        )
    with watched(Home(home), "earshot report"), hold(Home(home), "earshot report"):
        day, moment = read_day(as_of), read_moment(known_at)
        if disclosure is None:
            done = report_home(Home(home), day, moment, *days)
        else:
            done = disclose(Home(home), disclosure, day, moment)
    if as_json:
        print_json(done.as_json())
        return
    from flows.show.report import show_disclosure, show_report

    (show_report if disclosure is None else show_disclosure)(done.told, done.report)

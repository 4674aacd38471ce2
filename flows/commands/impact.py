"""Ask what another rulebook would have said of the past."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption, KnownAtOption, print_json, read_moment, read_period_day
from flows.settings import Home


def impact(
    rules: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RULE]...",
            help="Ids in the rulebook, drafts (a rule.yml, its folder, a folder of such), one draft of a parameter,"
            " or one whole rulebook.",
            show_default=False,
        ),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="YYYY-MM-DD", help="First day of export.", show_default="24 months before --to"),
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="Last day of export.", show_default="today")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", help="Compare with this rulebook.", show_default="the rulebook without RULE"),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without", metavar="ID", help="What does this rule cost us? At its real dates.", show_default=False
        ),
    ] = None,
    as_dated: Annotated[
        bool, typer.Option("--as-dated", help="Read RULE at its real dates, not as if in force all the time.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say which past lines a rule would have caught, were it in force: certain, and possible."""
    from flows.jobs.impact import find_impact
    from flows.show import progress

    with progress("Impact"):
        found = find_impact(
            Home(home),
            rules or (),
            first_day=read_period_day("--from", first),
            last_day=read_period_day("--to", last),
            baseline=baseline,
            without=without or (),
            as_dated=as_dated,
            known_at=read_moment(known_at),
        )
    if as_json:
        print_json(found.as_json())
        return
    from flows.show.impact import show_impact

    show_impact(found.told, found.report)

"""Ask what another rulebook would have said of the past."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    KnownAtOption,
    complete_rule,
    print_json,
    read_moment,
    read_period_day,
)
from flows.settings import Home
from flows.watch.job import watched


def impact(
    rules: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RULE]...",
            help="Rule ids, drafts (a rule.yml, its folder, a folder of drafts), one draft of a parameter, or one"
            " whole rulebook.",
            show_default=False,
            autocompletion=complete_rule,
        ),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="YYYY-MM-DD", help="First export date.", show_default="24 months before --to"),
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="Last export date.", show_default="today")
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", help="The rulebook to compare with.", show_default="the rulebook without RULE"),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="ID",
            help="Show what this rule adds today: the rulebook with and without it, at its own dates.",
            show_default=False,
        ),
    ] = None,
    as_dated: Annotated[
        bool, typer.Option("--as-dated", help="Apply RULE from its own effective date, not over the whole period.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="YYYY-MM-DD",
            help="Show what the change of this day adds: RULE as it stood on it, and as before, from then on.",
            show_default=False,
        ),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show which past lines would newly require a license or review under a rule: certain and possible."""
    from flows.jobs.impact import find_impact

    with watched(Home(home), "earshot impact"):
        found = find_impact(
            Home(home),
            rules or (),
            first_day=read_period_day("--from", first),
            last_day=read_period_day("--to", last),
            baseline=baseline,
            without=without or (),
            as_dated=as_dated,
            since=read_period_day("--since", since),
            known_at=read_moment(known_at),
        )
    if as_json:
        print_json(found.as_json())
        return
    from flows.show.impact import show_impact

    show_impact(found.told, found.report)

"""Load years of extracts from a folder, and screen again what a change of rules reaches."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, AsOfOption, ClusterOption, HomeOption, JsonOption, print_json, read_day
from flows.settings import Home


def backfill(
    folder: Annotated[Path, typer.Argument(help="The folder that holds the extracts, also in folders of its own.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be loaded, in which order. Nothing is written.")
    ] = False,
    layout: Annotated[
        str | None,
        typer.Option("--layout", help="The layout that reads all files.", show_default="the one whose headings match"),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load a folder of years of extracts, oldest month first, then screen. Start it again to resume."""
    where, day = Home(home), read_day(as_of)
    if dry_run:
        from flows.jobs.plan import plan_backfill
        from flows.show.backfill import show_plan

        plan = plan_backfill(where, folder, layout)
        refused = {one.name: one.why_not for one in plan if one.why_not}
        if as_json:
            print_json({"plan": [one.as_dict() for one in plan], "refused": refused})
        else:
            show_plan(plan)
    else:
        from flows.jobs.backfill import backfill_home
        from flows.show.backfill import show_backfilled

        done = backfill_home(where, folder, day, layout)
        refused = done.refused
        print_json(done.as_json()) if as_json else show_backfilled(done)
    if refused:
        from flows.show.ingest import show_not_loaded

        show_not_loaded(refused)
        raise typer.Exit(2)


def rescreen(
    home: HomeOption = DEFAULT_HOME,
    as_of: AsOfOption = None,
    cluster: ClusterOption = None,
    as_json: JsonOption = False,
) -> None:
    """Screen again after a change of rules, tables or lists. Does nothing where nothing changed."""
    from flows.jobs.rescreen import rescreen_home
    from flows.show.backfill import show_rescreened

    del cluster  # it has become part of the configuration
    done = rescreen_home(Home(home), read_day(as_of))
    print_json(done.as_json()) if as_json else show_rescreened(done)

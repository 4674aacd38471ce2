"""Rows that could not be loaded: what stands in quarantine, and its way out."""

from __future__ import annotations

from pathlib import Path
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
)
from flows.settings import Home

quarantine_app = typer.Typer(
    name="quarantine", help="List, correct and replay rows that could not be loaded.", no_args_is_help=True
)
SourceOption = Annotated[str | None, typer.Option("--source", help="Only rows of this source.", show_default="all")]


@quarantine_app.command("list", epilog="Example: earshot quarantine list --source line")
def list_command(
    source: SourceOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """List quarantined rows by file and problem, with their age, and how earlier rows were settled."""
    from flows.jobs.quarantine import list_quarantine

    told = list_quarantine(Home(home), read_day(as_of), source)
    if as_json:
        print_json(told)
        return
    from flows.show.quarantine import show_listed

    show_listed(told)


@quarantine_app.command("export", epilog="Example: earshot quarantine export -o quarantine.xlsx")
def export_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="The workbook (.xlsx) or .csv file to write.")] = Path(
        "quarantine.xlsx"
    ),
    source: SourceOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Write the quarantined rows as received, for correction: one sheet or CSV file for each layout."""
    from flows.jobs.quarantine import export_quarantine

    done = export_quarantine(Home(home), output, source)
    if as_json:
        print_json(done)
        return
    from flows.show.quarantine import show_exported

    show_exported(done)


@quarantine_app.command("replay", epilog="Example: earshot quarantine replay quarantine.xlsx")
def replay_command(
    file: Annotated[Path, typer.Argument(help="The corrected export.", show_default=False)],
    home: HomeOption = DEFAULT_HOME,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load the corrected rows of an export. Rows that still cannot be read stay quarantined, with a new reason."""
    from flows.jobs.quarantine import replay_quarantine

    done = replay_quarantine(Home(home), file, read_moment(known_at))
    if as_json:
        print_json(done)
        return
    from flows.show.quarantine import show_replayed

    show_replayed(done)

"""A lake: the records of a home as files cut by month, and back."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption, print_json
from flows.settings import Home

lake_app = typer.Typer(name="lake", help="Move a home to a lake of Parquet files and back.", no_args_is_help=True)
LakeArgument = Annotated[
    str, typer.Argument(help="The folder of the lake, or s3://BUCKET/PREFIX.", show_default=False)
]


@lake_app.command("export", epilog="Example: earshot lake export /srv/exports-lake --home ~/exports")
def export(lake: LakeArgument, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Write all that a home holds into a lake, as one commit. The home stays as it is."""
    from flows.jobs.lake import export as export_home
    from flows.show import at_work

    with at_work("Exporting"):
        done = export_home(Home(home), lake)
    if as_json:
        print_json(done.as_json())
        return
    from flows.show.lake import show_exported

    show_exported(done)


@lake_app.command("import", epilog="Example: earshot lake import /srv/exports-lake --home ~/restored")
def import_command(lake: LakeArgument, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Make a new home of what a lake holds. Every file is checked first; the lake stays as it is."""
    from flows.jobs.lake_home import import_home
    from flows.show import at_work

    with at_work("Importing"):
        done = import_home(lake, Home(home))
    if as_json:
        print_json(done.as_json())
        return
    from flows.show.lake import show_imported

    show_imported(done)


@lake_app.command("verify", epilog="Example: earshot lake verify /srv/exports-lake")
def verify(lake: LakeArgument, as_json: JsonOption = False) -> None:
    """Prove a lake: its chain of commits, and every file of the last one by its hash, rows and month."""
    from flows.jobs.lake import prove
    from flows.show import at_work

    with at_work("Verifying"):
        done = prove(lake)
    if as_json:
        print_json(done.as_json())
    else:
        from flows.show.lake import show_proved

        show_proved(lake, done)
    if not done.holds:
        raise typer.Exit(1)

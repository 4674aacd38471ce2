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


@lake_app.command("update", epilog="Example: earshot lake update --home ~/exports-small")
def update(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Bring a home up to the last commit of the lake that its lines are in."""
    from flows.jobs.lake_tend import update as update_home
    from flows.show import at_work

    with at_work("Updating"):
        done = update_home(Home(home))
    if as_json:
        print_json(done.as_json())
        return
    from flows.show.lake import show_updated

    show_updated(home, done)


@lake_app.command("compact", epilog="Example: earshot lake compact 2024-12 --home ~/exports-small")
def compact(
    months: Annotated[
        list[str] | None, typer.Argument(help="Months of export, like 2024-12; all without any.", show_default=False)
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Make one file of each month of the lake of a home. Findings stay as they are."""
    from flows.jobs.lake_tend import compact as compact_lake
    from flows.show import at_work

    with at_work("Compacting"):
        done = compact_lake(Home(home), months or ())
    if as_json:
        print_json(done.as_json())
        return
    from flows.show.lake import show_compacted

    show_compacted(done)


@lake_app.command("clean", epilog="Example: earshot lake clean /srv/exports-lake")
def clean(
    lake: LakeArgument,
    keep: Annotated[int, typer.Option("--keep", help="How many of the last commits keep their files.")] = 10,
    as_json: JsonOption = False,
) -> None:
    """Delete files of a lake that none of its last commits names. Files of less than a day stay."""
    from flows.jobs.lake_tend import clean as clean_lake
    from flows.show import at_work

    with at_work("Cleaning"):
        done = clean_lake(lake, keep)
    if as_json:
        print_json(done.as_json())
        return
    from flows.show.lake import show_cleaned

    show_cleaned(done)

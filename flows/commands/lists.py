"""The lists of parties: what is held, a newer copy taken up, and one name looked up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption, print_json, read_period_day
from flows.settings import Home

lists_app = typer.Typer(help="Show the lists of parties, and take up newer copies.", no_args_is_help=True)
_OnOption = Annotated[
    str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="As of this day.", show_default="today")
]


@lists_app.command(epilog="Example: earshot lists update consolidated.csv --dated 2026-11-30")
def update(
    files: Annotated[list[Path], typer.Argument(help="Copies of lists, in their publishers' forms.")],
    dated: Annotated[
        str | None,
        typer.Option(
            "--dated", metavar="YYYY-MM-DD", help="The day of the copies.", show_default="when each file was saved"
        ),
    ] = None,
    removed: Annotated[
        bool, typer.Option("--removed", help="Entries that the copy lacks are gone, however many they are.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Take up newer copies of the lists, and say what came, went and changed. Nothing is fetched by itself."""
    from flows.holder import hold
    from flows.jobs.lists import take_up_lists

    with hold(Home(home), "earshot lists update"):
        told = take_up_lists(Home(home), files, read_period_day("--dated", dated), are_removed=removed)
    if as_json:
        print_json(told)
        return
    from flows.show.lists import show_updates

    show_updates(told)


@lists_app.command(epilog="Example: earshot lists show --country PK --on 2024-11-25")
def show(
    country: Annotated[
        str | None, typer.Option("--country", metavar="CC", help="Count the entries of this country (ISO code).")
    ] = None,
    on: _OnOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Show the lists that are held: as of when, and how many parties were on them on a day."""
    from flows.jobs.lists import held_lists

    told = held_lists(Home(home), country.upper() if country else None, read_period_day("--on", on))
    if as_json:
        print_json(told)
        return
    from flows.show.lists import show_lists

    show_lists(told)


@lists_app.command(epilog="Example: earshot lists rulings --export rulings.csv")
def rulings(
    export: Annotated[Path | None, typer.Option("--export", help="Write the rulings to this CSV file.")] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", help="Take up the rulings of this CSV file.", exists=True)
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Show who was ruled to be the same party as an entry of a list, or another one, and which rulings lapsed."""
    from flows.holder import hold
    from flows.jobs.rulings import bring_rulings, kept_rulings
    from flows.settings import now
    from flows.show.lists import show_rulings
    from transforms.lists.rulings import read_rulings, write_rulings
    from transforms.rulebook.listed import RULINGS

    if import_:
        with hold(Home(home), "earshot lists rulings"):
            bring_rulings(Home(home), import_)
    if export:
        write_rulings(export, read_rulings(Home(home).lists / RULINGS))
    told = kept_rulings(Home(home), now().date())
    print_json(told) if as_json else show_rulings(told)


def lookup(
    party: Annotated[str, typer.Option("--party", help="The name of a party, as a record has it.", show_default=False)],
    country: Annotated[
        str, typer.Option("--country", metavar="CC", help="Its own country (ISO code).", show_default="not known")
    ] = "",
    address: Annotated[str, typer.Option("--address", help="Its address.", show_default="not known")] = "",
    on: _OnOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Show which entries of the lists a party may be, as a line with it would be screened."""
    from flows.jobs.lists import look_up_party

    told = look_up_party(Home(home), party, country, address, read_period_day("--on", on))
    if as_json:
        print_json(told)
        return
    from flows.show.lists import show_party

    show_party(told)

"""Keep records for their years: what falls outside, the archive, and holds."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, AsOfOption, HomeOption, JsonOption, print_json, read_day
from flows.settings import Home
from transforms.errors import InputError

ReasonOption = Annotated[str, typer.Option("--reason", help="Why; it is kept.", show_default=False)]
hold_app = typer.Typer(no_args_is_help=True, help="Keep records however old they are, and say why.")


def retain(
    years: Annotated[
        int | None,
        typer.Option("--years", help="Years from the latest event; no fewer.", show_default="as the law wants"),
    ] = None,
    archive: Annotated[bool, typer.Option("--archive", help="Move it to archive/ of the home.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show which records are older than they must be kept, and move them to an archive. Nothing is deleted."""
    from flows.jobs.retain import retain as retain_home
    from flows.show.retain import show_retained

    result = retain_home(Home(home), read_day(as_of), years, archive=archive)
    if as_json:
        print_json(result.as_json())
        return
    show_retained(result)


@hold_app.command(epilog="Example: earshot hold add --consignee 'Acme Labs' --reason 'BIS request of 2026-10-02'")
def add(
    reason: ReasonOption,
    shipment: Annotated[str | None, typer.Option("--shipment", help="A shipment, by its reference.")] = None,
    consignee: Annotated[str | None, typer.Option("--consignee", help="A party, by its name.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="A source.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Hold records: they are not moved to the archive until the hold is lifted."""
    from flows.jobs.retain import hold_records

    given = {"shipment": shipment, "consignee": consignee, "source": source, "all": "" if everything else None}
    wanted = [(scope, value) for scope, value in given.items() if value is not None]
    if len(wanted) != 1:
        raise InputError("hold add: say what is held, by one of --shipment, --consignee, --source or --all")
    held = hold_records(Home(home), *wanted[0], reason)
    if as_json:
        print_json(held.as_dict())
        return
    typer.echo(str(held))


@hold_app.command("list", epilog="Example: earshot hold list")
def list_(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """List every hold, with who, when and why; those that were lifted too."""
    from flows.jobs.retain import list_holds

    holds = list_holds(Home(home))
    if as_json:
        print_json({"holds": [one.as_dict() for one in holds]})
        return
    for one in holds:
        typer.echo(str(one))
    if not holds:
        typer.echo("no holds")


@hold_app.command(epilog="Example: earshot hold lift 1 --reason 'closed by BIS letter of 2026-11-02'")
def lift(
    hold_id: Annotated[int, typer.Argument(metavar="HOLD", help="The number of the hold.", show_default=False)],
    reason: ReasonOption,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Lift a hold; it stays in the list."""
    from flows.jobs.retain import lift_records

    lifted = lift_records(Home(home), hold_id, reason)
    if as_json:
        print_json(lifted.as_dict())
        return
    typer.echo(str(lifted))

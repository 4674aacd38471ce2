"""Keep records for their years: what falls outside, the archive, and holds."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, AsOfOption, HomeOption, JsonOption, print_json, read_day
from flows.settings import Home
from flows.watch.job import watched
from transforms.errors import InputError

ReasonOption = Annotated[str, typer.Option("--reason", help="The reason, kept with the hold.", show_default=False)]
hold_app = typer.Typer(no_args_is_help=True, help="Keep records past the retention period, with the reason.")


def retain(
    years: Annotated[
        int | None,
        typer.Option("--years", help="Years to keep records after the latest event.", show_default="as required"),
    ] = None,
    archive: Annotated[
        bool, typer.Option("--archive", help="Move the records past the period to archive/ of the home.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show records past the retention period, and move them to an archive. Deletes nothing."""
    from flows.jobs.retain import retain as retain_home
    from flows.show.retain import show_retained

    with watched(Home(home), "earshot retain"):
        result = retain_home(Home(home), read_day(as_of), years, archive=archive)
    if as_json:
        print_json(result.as_json())
        return
    show_retained(result)


@hold_app.command(epilog="Example: earshot hold add --consignee 'Acme Labs' --reason 'BIS request of 2026-10-02'")
def add(
    reason: ReasonOption,
    shipment: Annotated[str | None, typer.Option("--shipment", help="Hold this shipment, by its reference.")] = None,
    consignee: Annotated[
        str | None, typer.Option("--consignee", help="Hold shipments to this consignee, by name.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="Hold all records of this source.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Hold all records.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Place a hold. Records on hold are not archived until you lift it."""
    from flows.jobs.retain import hold_records

    given = {"shipment": shipment, "consignee": consignee, "source": source, "all": "" if everything else None}
    wanted = [(scope, value) for scope, value in given.items() if value is not None]
    if len(wanted) != 1:
        raise InputError("hold add: name what to hold. Give exactly one of --shipment, --consignee, --source, --all.")
    held = hold_records(Home(home), *wanted[0], reason)
    if as_json:
        print_json(held.as_dict())
        return
    typer.echo(str(held))


@hold_app.command("list", epilog="Example: earshot hold list")
def list_(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """List all holds, also lifted ones, with who, when and why."""
    from flows.jobs.retain import list_holds

    holds = list_holds(Home(home))
    if as_json:
        print_json({"holds": [one.as_dict() for one in holds]})
        return
    for one in holds:
        typer.echo(str(one))
    if not holds:
        typer.echo("No holds")


@hold_app.command(epilog="Example: earshot hold lift 1 --reason 'closed by BIS letter of 2026-11-02'")
def lift(
    hold_id: Annotated[
        int, typer.Argument(metavar="HOLD", help="The number of the hold, from the list.", show_default=False)
    ],
    reason: ReasonOption,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Lift a hold. It stays in the list."""
    from flows.jobs.retain import lift_records

    lifted = lift_records(Home(home), hold_id, reason)
    if as_json:
        print_json(lifted.as_dict())
        return
    typer.echo(str(lifted))

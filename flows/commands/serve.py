"""Run the nights and the reports of a home on a schedule."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption
from flows.settings import Home
from transforms.errors import InputError
from transforms.visible import visible


def serve(
    home: HomeOption = DEFAULT_HOME,
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="The port of the pages.")] = 4200,
    host: Annotated[str, typer.Option("--host", help="The address that the server listens on.")] = "127.0.0.1",
    allow_network: Annotated[
        bool, typer.Option("--allow-network", help="Let --host be an address that other computers reach.")
    ] = False,
    every: Annotated[int | None, typer.Option("--every", hidden=True, min=1)] = None,
    as_json: JsonOption = False,
) -> None:
    """Run the nightly job and the report on the schedule of the configuration, until stopped. Has pages to look at."""
    import json

    from flows.serving.schedule import schedule_of
    from flows.serving.serve import serve_home
    from flows.serving.server import Address

    where, address = Home(home), Address(host, port)
    if not address.is_loopback:
        exposed = "Prefect's server has no authentication: who reaches it sees counts of findings and can start runs."
        if not allow_network:
            raise InputError(f"--host {host}: other computers could reach it. {exposed} To allow it: --allow-network")
        typer.echo(visible(f"Warning: --host {host}: other computers may reach it. {exposed}"), err=True)

    def tell(said: str) -> None:
        typer.echo(json.dumps({"said": said}, ensure_ascii=False) if as_json else visible(said), err=not as_json)

    serve_home(where, address, schedule_of(where, every), tell)

"""Show the configuration of a home: each key, its value, and where it came from."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, AnyHomeOption, JsonOption, print_json
from flows.settings import Home
from transforms.errors import InputError


def config(
    example: Annotated[
        bool, typer.Option("--example", help="Print a commented earshot.toml with every key at its default.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only check the configuration: exit code 2 with every fault.")
    ] = False,
    home: AnyHomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Show the configuration: each key, its value, and where it came from. Secrets are never shown."""
    if example:
        if check or as_json:
            raise InputError("--example: prints a file. Do not give --check or --json with it.")
        from flows.config.example import example as example_text

        typer.echo(example_text(), nl=False)
        return
    from flows.show.config import rows_of, show_config

    found = Home(home).config
    if as_json:
        print_json({"home": str(home), "keys": [row._asdict() for row in rows_of(found)]})
    elif check:
        typer.echo(f"{home}: the configuration has no faults.")
    else:
        show_config(found)

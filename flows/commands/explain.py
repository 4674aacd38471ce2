"""Ask how an outcome was reached."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption, print_json
from flows.settings import Home


def explain(
    shipment: Annotated[str, typer.Argument(help="Shipment reference.", show_default=False)],
    line: Annotated[int, typer.Argument(help="Line number.", min=0, max=2_147_483_647, show_default=False)],
    rule: Annotated[str | None, typer.Option("--rule", help="One rule only.", show_default="every rule")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Where several sources have the line.")] = None,
    every_step: Annotated[bool, typer.Option("--all", help="Every step of rules out of scope too.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Show how each outcome of one line was reached, also where it is clear."""
    from flows.jobs.questions import explain_line

    explained = explain_line(Home(home), shipment, line, source, rule)
    if as_json:
        print_json(explained)
        return
    from flows.show.explain import show_explained

    show_explained(explained, every_step=every_step)

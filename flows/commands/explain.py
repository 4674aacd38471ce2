"""Ask how an outcome was reached."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption, complete_rule, print_json
from flows.settings import Home


def explain(
    shipment: Annotated[str, typer.Argument(help="The shipment reference.", show_default=False)],
    line: Annotated[int, typer.Argument(help="The line number.", min=0, max=2_147_483_647, show_default=False)],
    rule: Annotated[
        str | None,
        typer.Option(
            "--rule",
            help="Show this rule alone, with its steps.",
            show_default="every rule",
            autocompletion=complete_rule,
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="The source, where several sources have this shipment line.")
    ] = None,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Show all facts, the period of law, every rule and each of its steps."),
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Show why one shipment line needs review or is clear: the rules that decided, authority, and what to do."""
    from flows.jobs.questions import explain_line

    explained = explain_line(Home(home), shipment, line, source, rule)
    if as_json:
        print_json(explained)
        return
    from flows.show.explain import show_explained
    from transforms.reports.words.phrases import country_names

    countries = country_names(Home(home).rules / "tables")
    show_explained(explained, countries, everything=everything, alone=rule is not None)

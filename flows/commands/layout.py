"""`earshot layout`: draft a layout for a new source, and check one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption, print_json
from flows.settings import Home

layout_app = typer.Typer(help="Draft and check the layouts that read your extracts.", no_args_is_help=True)


@layout_app.command("draft", epilog="Example: earshot layout draft acme_2025-03.csv --kind lines -o acme.yml")
def draft(
    file: Annotated[Path, typer.Argument(help="An extract of the new source.", show_default=False)],
    kind: Annotated[
        Literal["lines", "items", "filings"] | None,
        typer.Option("--kind", help="What its rows are.", show_default="as the headings tell"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it.", show_default="./EXTRACT.yml")
    ] = None,
    sheet: Annotated[
        str, typer.Option("--sheet", help="The sheet of a workbook.", show_default="the first one shown")
    ] = "",
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Write a first layout for a file, matched by its headings to the known ones, for you to finish."""
    from flows.jobs.layout import draft_layout

    drafted = draft_layout(Home(home), file, kind, output, sheet)
    if as_json:
        print_json(drafted)
        return
    from flows.show.layout import show_drafted

    show_drafted(drafted, file)


@layout_app.command("check", epilog="Example: earshot layout check acme.yml acme_2025-03.csv")
def check(
    layout: Annotated[Path, typer.Argument(help="A layout file.", show_default=False)],
    extract: Annotated[
        Path | None, typer.Argument(help="A file that it is to read.", show_default="the layout alone")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say what is wrong or left to decide in a layout, by itself or against a file that it is to read."""
    from flows.jobs.layout import check_layout

    checked = check_layout(layout, extract)
    if as_json:
        print_json(checked)
    else:
        from flows.show.layout import show_checked

        show_checked(checked, extract)
    if checked["to_decide"]:
        raise typer.Exit(2)

"""`earshot layout`: draft a layout for a new source, and check one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption, print_json
from flows.settings import Home

layout_app = typer.Typer(help="Draft and check layouts, which say how to read your extracts.", no_args_is_help=True)


@layout_app.command("draft", epilog="Example: earshot layout draft acme_2025-03.csv --kind lines -o acme.yml")
def draft(
    file: Annotated[Path, typer.Argument(help="An extract from the new source.", show_default=False)],
    kind: Annotated[
        Literal["lines", "items", "filings"] | None,
        typer.Option("--kind", help="What each row is.", show_default="detected by headings and values"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The layout file to write.", show_default="./EXTRACT.yml")
    ] = None,
    sheet: Annotated[
        str, typer.Option("--sheet", help="The sheet of a workbook.", show_default="the first visible sheet")
    ] = "",
    page: Annotated[
        Path | None,
        typer.Option("--page", help="The page that shows what was understood.", show_default="beside the layout"),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Draft a layout for a file by its headings and first rows. You decide what they leave open.

    A page shows what was understood: the first rows as they came beside what they become, and the rules that can judge.
    """
    from flows.jobs.layout import draft_layout

    drafted = draft_layout(Home(home), file, kind, output, sheet, page, look=True)
    if as_json:
        print_json(drafted)
        return
    from flows.show.layout import show_drafted

    show_drafted(drafted, file)


@layout_app.command("check", epilog="Example: earshot layout check acme.yml acme_2025-03.csv")
def check(
    layout: Annotated[Path, typer.Argument(help="The layout file.", show_default=False)],
    extract: Annotated[
        Path | None, typer.Argument(help="An extract that the layout must read.", show_default="the layout alone")
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option("--page", help="Write a page that shows what each column and row becomes.", show_default="none"),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """List the errors and open decisions of a layout, alone or against an extract.

    Of an extract it also shows what its rows become: columns, quarantined rows, and the rules that can judge.
    """
    from flows.jobs.layout import check_layout

    checked = check_layout(layout, extract, Home(home), page)
    if as_json:
        print_json(checked)
    else:
        from flows.show.layout import show_checked

        show_checked(checked, extract)
    if checked["to_decide"]:
        raise typer.Exit(2)

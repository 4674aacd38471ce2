"""The daily work: make a home, take extracts up, screen, compare with AES, and all of it in one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from flows.options import (
    DEFAULT_HOME,
    AnyHomeOption,
    AsOfOption,
    ClusterOption,
    HomeOption,
    JsonOption,
    KnownAtOption,
    print_json,
    read_day,
    read_moment,
)
from flows.remains import refuse_lost
from flows.settings import SAMPLE, Home
from flows.watch.job import watched
from transforms.errors import InputError
from transforms.phases import phase


def init(
    home: HomeOption = DEFAULT_HOME,
    sample: Annotated[
        bool, typer.Option("--sample", help="Also put the synthetic sample extracts into the inbox.")
    ] = False,
    lake: Annotated[
        str | None,
        typer.Option(
            "--lake",
            help="Make the home of this lake, a folder or s3://BUCKET/PREFIX, and leave its lines there.",
            show_default="none",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Create a home: the folder that holds your data, with its inbox."""
    import shutil

    where = Home(home)
    if lake is not None:
        _init_on_lake(where, lake, sample=sample, as_json=as_json)
        return
    refuse_lost(where)
    where.create()
    copied = []
    extracts = sorted(SAMPLE.glob("*.csv"), key=lambda one: (not one.name.startswith("history"), one.name))
    for path in extracts if sample else []:
        target = where.inbox / path.name
        partial = where.inbox / f".{path.name}.partial"
        shutil.copyfile(path, partial)
        partial.replace(target)
        copied.append(path.name)
    if as_json:
        print_json({"home": str(home), "sample": copied})
        return
    from flows.show.ingest import show_home

    show_home(where, copied)


def _init_on_lake(home: Home, lake: str, *, sample: bool, as_json: bool) -> None:
    from flows.jobs.lake_home import import_home
    from flows.show import at_work

    if sample:
        raise InputError("--sample: a home on a lake loads no extracts. Leave --sample or --lake out.")
    with at_work("Reading the lake"):
        done = import_home(lake, home, leave_lines=True)
    if as_json:
        print_json(done.as_json())
        return
    from flows.show.lake import show_begun

    show_begun(done)


def ingest(
    files: Annotated[
        list[Path],
        # `readable`: one that cannot be read is told as any other that fails, and keeps none from being loaded
        typer.Argument(help="The extracts to load, in this order.", show_default=False, readable=False),
    ],
    layout: Annotated[
        str | None,
        typer.Option("--layout", help="The layout that reads the files.", show_default="the one whose headings match"),
    ] = None,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help="Read files again that were already loaded, for example after you corrected a layout."
        ),
    ] = False,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="utf-8, windows-1252, utf-16 or latin-1.", show_default="detected")
    ] = None,
    delimiter: Annotated[
        str | None,
        typer.Option("--delimiter", help="comma, semicolon, tab, pipe or one character.", show_default="detected"),
    ] = None,
    decimal: Annotated[
        str | None,
        typer.Option("--decimal", help="The decimal mark in numbers: . or ,", show_default="as the layout says"),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", help="The sheet of a workbook.", show_default="the first visible sheet")
    ] = None,
    accept: Annotated[
        str | None,
        typer.Option(
            "--accept", metavar="REASON", help="Load a file that failed the intake check. The reason is recorded."
        ),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load extracts into the home. Every row is loaded, a duplicate, a restatement, or quarantined.

    Of several files, one that cannot be loaded is named, and the others are loaded.
    """
    from flows.holder import hold
    from flows.jobs.ingest import CONSERVATION, ingest_files

    moment = read_moment(known_at)
    given = {"encoding": encoding, "delimiter": delimiter, "decimal": decimal, "sheet": sheet}
    said = {key: value for key, value in given.items() if value is not None}
    with watched(Home(home), "earshot ingest"), hold(Home(home), "earshot ingest"):
        done, refused = ingest_files(Home(home), files, layout, moment, again=again, said=said, accept=accept)
    if as_json:
        totals = {key: sum(getattr(one, key) for one in done) for key in CONSERVATION}
        print_json({"files": [one.as_dict() for one in done], **totals, **({"refused": refused} if refused else {})})
    else:
        from flows.show.ingest import show_loaded

        show_loaded(done)
    if refused:
        from flows.show.ingest import show_not_loaded

        show_not_loaded(refused)
        raise typer.Exit(2)


def screen(
    home: HomeOption = DEFAULT_HOME,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    spreadsheet: Annotated[
        bool,
        typer.Option(
            "--spreadsheet", help="Also write situations.xlsx: one row for each group of lines with the same facts."
        ),
    ] = False,
    cluster: ClusterOption = None,
    as_json: JsonOption = False,
) -> None:
    """Screen the whole shipment history against the rulebook and write the reports."""
    from flows.holder import hold
    from flows.jobs.screen import screen_home, write_spreadsheet

    del cluster  # it has become part of the configuration

    with watched(Home(home), "earshot screen"), hold(Home(home), "earshot screen"):
        result = screen_home(Home(home), read_day(as_of), read_moment(known_at))
        if spreadsheet:
            write_spreadsheet(result)
    if as_json:
        print_json(result.as_json())
        return
    from flows.show.screen import show_screened

    show_screened(result)


def reconcile(
    home: HomeOption = DEFAULT_HOME,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare shipment lines with their AES filings and list the differences. Screens first."""
    from flows.jobs.screen import screen_home
    from flows.show.screen import reconciled, show_reconciled

    with watched(Home(home), "earshot reconcile"):
        screened = screen_home(Home(home), read_day(as_of), read_moment(known_at))
    if as_json:
        print_json(reconciled(screened))
        return
    show_reconciled(screened)


def nightly(
    home: AnyHomeOption = DEFAULT_HOME,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show Prefect's log.")] = False,
    cluster: ClusterOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load the files in the inbox, screen the whole history, and write the reports. Needs no server."""
    from flows.holder import hold
    from flows.notices import watching
    from flows.prefect_home import prefect_for
    from flows.show.ingest import show_left, show_loaded, show_refused
    from flows.show.screen import show_screened

    del cluster  # it has become part of the configuration
    where = Home(home)
    day, moment = read_day(as_of), read_moment(known_at)
    with watching(where):  # before all else: a home that is damaged, busy or badly configured is told of, too
        where.require()
        with watched(where, "earshot nightly"), hold(where, "earshot nightly"), prefect_for(where, verbose=verbose):
            with phase("prefect"):
                from flows.scheduled.nightly import nightly as nightly_flow
            result: Any = nightly_flow(where.root, day, moment)
    if as_json:
        files = [one.as_dict() for one in result["files"]]
        print_json(
            {**result["screened"].as_json(), "files": files, "refused": result["refused"], "left": result["left"]}
        )
    else:
        show_loaded(result["files"])
        show_left(result["left"])
        show_screened(result["screened"])
    if result["refused"]:
        show_refused(result["refused"])
        raise typer.Exit(2)

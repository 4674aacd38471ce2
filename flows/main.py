"""The `earshot` command. Heavy libraries are imported where they are used, so that help answers at once."""

from __future__ import annotations

import atexit
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.options import (
    DEFAULT_HOME,
    AsOfOption,
    HomeOption,
    JsonOption,
    KnownAtOption,
    print_json,
    read_day,
    read_moment,
)
from flows.rules_command import rules_app
from flows.settings import SAMPLE, VERSION, Home, quiet_prefect
from transforms.errors import EarshotError

app = typer.Typer(
    name="earshot",
    help="Re-reads a shipment history against US export law and says which lines need a person, why, and under which"
    " authority. It states facts and authorities; it is no legal advice.",
    epilog="Start with: earshot init --sample, then: earshot nightly",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
app.add_typer(rules_app, name="rules")


@app.command(epilog="Example: earshot init --home ~/exports --sample")
def init(
    home: HomeOption = DEFAULT_HOME,
    sample: Annotated[bool, typer.Option("--sample", help="Put the synthetic sample extracts into the inbox.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Make a home: the folders inbox, landed, reports and state."""
    import shutil

    where = Home(home)
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
    from flows.show import show_home

    show_home(where, copied)


@app.command(epilog="Example: earshot ingest exports-2026-11.csv --layout line")
def ingest(
    files: Annotated[list[Path], typer.Argument(help="Extracts to load, in this order.", show_default=False)],
    layout: Annotated[
        str | None,
        typer.Option("--layout", help="The layout that reads them.", show_default="the one whose headings fit"),
    ] = None,
    again: Annotated[
        bool,
        typer.Option("--again", help="Read files anew whose bytes were loaded before, as after a layout was mended."),
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load extracts into the home; every row is loaded, a duplicate, a restatement, or in quarantine."""
    from flows.jobs import CONSERVATION, ingest_file

    moment = read_moment(known_at)
    done: list[Any] = []
    for path in files:
        try:
            done.append(ingest_file(Home(home), path, layout, moment, again=again))
        except EarshotError:
            if done:
                typer.echo(f"loaded before it, and kept: {', '.join(one.file_name for one in done)}", err=True)
            raise
    if as_json:
        totals = {key: sum(getattr(one, key) for one in done) for key in CONSERVATION}
        print_json({"files": [one.as_dict() for one in done], **totals})
        return
    from flows.show import show_loaded

    show_loaded(done)


@app.command(epilog="Example: earshot screen --as-of 2026-11-20")
def screen(
    home: HomeOption = DEFAULT_HOME,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    spreadsheet: Annotated[bool, typer.Option("--spreadsheet", help="Write situations.xlsx too.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Screen the whole history against the rulebook and write the reports."""
    from flows.jobs import screen_home, write_spreadsheet

    result = screen_home(Home(home), read_day(as_of), read_moment(known_at))
    if spreadsheet:
        write_spreadsheet(result)
    if as_json:
        print_json(result.as_json())
        return
    from flows.show import show_screened

    show_screened(result)


@app.command(epilog="Example: earshot ingest filings-2026.csv, then: earshot reconcile")
def reconcile(
    home: HomeOption = DEFAULT_HOME,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare the lines with the filings that AES holds, and say where they differ; a screening is made with it."""
    from flows.jobs import screen_home
    from flows.show import reconciled, show_reconciled

    screened = screen_home(Home(home), read_day(as_of), read_moment(known_at))
    if as_json:
        print_json(reconciled(screened))
        return
    show_reconciled(screened)


@app.command(epilog="Example: earshot nightly --home ~/exports --json")
def nightly(
    home: HomeOption = DEFAULT_HOME,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show what Prefect logs.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Take up the inbox, screen the whole history, write the reports. Needs no server."""
    from flows.show import progress, show_loaded, show_refused, show_screened

    where = Home(home)
    where.require()
    day, moment = read_day(as_of), read_moment(known_at)
    quiet_prefect(where, verbose=verbose)
    with progress("Nightly job"):
        from flows.nightly import nightly as nightly_flow

        result: dict[str, Any] = nightly_flow(where.root, day, moment)
    if as_json:
        files = [one.as_dict() for one in result["files"]]
        print_json({**result["screened"].as_json(), "files": files, "refused": result["refused"]})
    else:
        show_loaded(result["files"])
        show_screened(result["screened"])
    if result["refused"]:
        show_refused(result["refused"])
        raise typer.Exit(2)


@app.command(epilog="Example: earshot explain SC20250203-1 1 --rule pakistan-rs")
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
    from flows.questions import explain_line

    explained = explain_line(Home(home), shipment, line, source, rule)
    if as_json:
        print_json(explained)
        return
    from flows.show import show_explained

    show_explained(explained, every_step=every_step)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"earshot {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    del version


def run() -> None:
    """Run the command; an error that Earshot raises on purpose becomes a message and an exit code."""
    # registered before Prefect is imported, so called after all it has to clean up: what it leaves alive would make
    # DuckDB's bindings print a page of notes on standard error
    code = 1
    atexit.register(lambda: (sys.stdout.flush(), sys.stderr.flush(), os._exit(code)))
    try:
        app(standalone_mode=True)
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else int(done.code is not None)
    except EarshotError as error:
        typer.echo(str(error), err=True)
        code = error.exit_code
    except OSError as error:  # no right to write, no space left: nothing that a traceback would explain
        typer.echo(
            f"{error.filename or 'earshot'}: {error.strerror or error}; nothing of the running step was kept", err=True
        )
    except Exception:  # noqa: BLE001  the last resort: say it all, and say that it is not the user's fault
        traceback.print_exc()
        typer.echo("earshot: an error of Earshot's own; nothing of the running step was kept", err=True)
    sys.exit(code)

"""The `earshot` command. Heavy libraries are imported where they are used, so that help answers at once."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
import traceback
from typing import Annotated

import typer

from flows.commands import (
    backfill,
    config,
    doctor,
    explain,
    impact,
    ledger,
    lists,
    notify,
    rebuild,
    report,
    retain,
    schema,
    serve,
    work,
)
from flows.commands.lake import lake_app
from flows.commands.layout import layout_app
from flows.commands.quarantine import quarantine_app
from flows.commands.rules import rules_app
from flows.jobs.failed import is_of_the_disk
from flows.settings import VERSION, keep_private
from transforms.errors import EarshotError
from transforms.visible import visible

app = typer.Typer(
    name="earshot",
    help="Screens a shipment history against US export law, again each night: which lines need review, why, under which"
    " authority, and what to do. Facts and authorities, not legal advice.",
    epilog="Start with: earshot init --sample, then: earshot nightly",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
app.command(epilog="Example: earshot init --home ~/exports --sample")(work.init)
app.command(epilog="Example: earshot ingest exports-2026-11.csv --layout line")(work.ingest)
app.command(epilog="Example: earshot screen --as-of 2026-11-20")(work.screen)
app.command(epilog="Example: earshot ingest filings-2026.csv, then: earshot reconcile")(work.reconcile)
app.command(epilog="Example: earshot nightly --home ~/exports --json")(work.nightly)
app.command(epilog="Example: earshot backfill ~/extracts --dry-run, then: earshot backfill ~/extracts")(
    backfill.backfill
)
app.command(epilog="Example: earshot rescreen --home ~/exports")(backfill.rescreen)
app.command(epilog="Example: earshot serve --home ~/exports --port 4200")(serve.serve)
app.command(epilog="Example: earshot explain SC20250203-1 1 --rule pakistan-rs")(explain.explain)
app.command(epilog="Example: earshot lookup --party 'Ahad International' --country PK --on 2025-01-15")(lists.lookup)
app.command(epilog="Example: earshot impact pakistan-rs --from 2024-01-01 --to 2024-12-31")(impact.impact)
app.command(epilog="Example: earshot dispose ed50d06f --status authorized --reason 'license D1234567 covers it'")(
    ledger.dispose
)
app.command(epilog="Example: earshot diff previous last --csv changed.csv")(ledger.diff)
app.command(epilog="Example: earshot verify --all")(ledger.verify)
app.command(epilog="Example: earshot doctor --home ~/exports")(doctor.doctor)
app.command(epilog="Example: earshot rebuild --home ~/exports, then: earshot nightly --home ~/exports")(rebuild.rebuild)
app.command(epilog="Example: earshot report --from 2026-01-01 --to 2026-03-31")(report.report)
app.command(epilog="Example: earshot config --home ~/exports")(config.config)
app.command(epilog="Example: earshot notify --test, then: earshot notify --if-late")(notify.notify)
app.command(epilog="Example: earshot schema findings.parquet")(schema.schema)
app.command(epilog="Example: earshot retain --years 5, then: earshot retain --years 5 --archive")(retain.retain)
app.add_typer(retain.hold_app, name="hold")
app.add_typer(rules_app, name="rules")
app.add_typer(lists.lists_app, name="lists")
app.add_typer(lake_app, name="lake")
app.add_typer(layout_app, name="layout")
app.add_typer(quarantine_app, name="quarantine")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"earshot {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    del version
    keep_private()


def run() -> None:
    """Run the command; an error that Earshot raises on purpose becomes a message and an exit code."""
    # numpy would start threads for linear algebra, each with memory of its own, and nothing here is any
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(50_000)  # a rulebook is many small things that stay: looking through them cost a third of its time
    # registered before Prefect is imported, so called after all it has to clean up: what it leaves alive would make
    # DuckDB's bindings print a page of notes on standard error
    code = 1
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # whatever stands in the texts of others, it can be told
    atexit.register(lambda: (sys.stdout.flush(), sys.stderr.flush(), os._exit(code)))
    try:
        app(standalone_mode=True)
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else int(done.code is not None)
    except EarshotError as error:
        typer.echo(visible(str(error)), err=True)
        code = error.exit_code
    except OSError as error:  # no right to write, no space left: nothing that a traceback would explain
        typer.echo(
            visible(f"{error.filename or 'earshot'}: {error.strerror or error}. Nothing of the running step was kept."),
            err=True,
        )
    except MemoryError:
        typer.echo(
            "earshot: this takes more memory than there is. Nothing of the running step was kept. Run it where more"
            " memory is free.",
            err=True,
        )
    except Exception as error:  # noqa: BLE001  the last resort: say it all, and say that it is not the user's fault
        if is_of_the_disk(error):
            typer.echo(
                f"earshot: {error}\nNothing of the running step was kept. Free disk space and run it again.", err=True
            )
        elif "ephemeral Prefect API server" in str(error):  # it cannot say why: where no space is left, for instance
            typer.echo(
                f"earshot: {error} Prefect's own server did not start. Make sure that the disks of the home and of"
                " PREFECT_HOME have free space, and run it again. `earshot ingest` and `earshot screen` need no"
                " server.",
                err=True,
            )
        else:
            traceback.print_exc()
            typer.echo(
                "earshot: internal error. Nothing of the running step was kept. Please report the text above.", err=True
            )
    sys.exit(code)

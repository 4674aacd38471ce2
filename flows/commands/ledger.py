"""What became of findings: decide about them, prove that nothing was changed, and compare two runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption, print_json, read_period_day
from flows.settings import Home, user
from transforms.errors import InputError


def dispose(
    finding_ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FINDING_ID]...", help="Ids, or their first 8 characters or more.", show_default=False),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status",
            help="false-alarm, authorized, corrected: closes. escalated, disclosure-candidate: stays open."
            " reopen: takes a decision back.",
            show_default=False,
        ),
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; it is kept.", show_default=False)] = None,
    evidence: Annotated[str, typer.Option("--evidence", help="A reference: a license, a ticket, a letter.")] = "",
    expires: Annotated[
        str | None,
        typer.Option("--expires", metavar="YYYY-MM-DD", help="The last day on which it holds.", show_default="none"),
    ] = None,
    situation: Annotated[str | None, typer.Option("--situation", help="All findings of a situation.")] = None,
    rule: Annotated[str | None, typer.Option("--rule", help="Findings of a rule, by its id.")] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help="flagged or undetermined.")] = None,
    destination: Annotated[str | None, typer.Option("--destination", help="A country, by its ISO code.")] = None,
    consignee: Annotated[str | None, typer.Option("--consignee", help="A part of the consignee's name.")] = None,
    eccn: Annotated[str | None, typer.Option("--eccn", help="An ECCN, with its paragraphs.")] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="First day of export.", show_default=False)
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="Last day of export.", show_default=False)
    ] = None,
    standing: Annotated[
        bool,
        typer.Option("--standing", help="With --situation and --rule: until --expires, also for lines yet to come."),
    ] = False,
    decided_too: Annotated[bool, typer.Option("--all", help="Findings that were decided about, too.")] = False,
    by: Annotated[str | None, typer.Option("--by", help="Who decides.", show_default="the account")] = None,
    is_sure: Annotated[bool, typer.Option("--yes", help="Record it: for a filter or a situation.")] = False,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write the findings to an .xlsx sheet to decide in.")
    ] = None,
    import_: Annotated[Path | None, typer.Option("--import", help="Record what a filled-in sheet decides.")] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Decide about findings, one, many or a whole situation; every decision is added to a sealed journal."""
    from flows.jobs.dispose import dispose as dispose_findings
    from flows.jobs.dispose import export_findings, import_decisions
    from flows.show.ledger import show_disposed, show_exported
    from transforms.ledger.choose import Choice
    from transforms.ledger.decide import STATUSES, Decision

    choice = Choice(
        tuple(finding_ids or ()), situation, rule, outcome, destination, consignee, eccn,
        read_period_day("--from", first), read_period_day("--to", last),
    )  # fmt: skip
    who = (by or user()).strip()
    if not who:
        raise InputError("--by: name who decides")
    deciding = [name for name, value in (("--status", status), ("--reason", reason)) if value is not None]
    if (export or import_) and (deciding or standing or (export and import_)):
        raise InputError("--export and --import go alone: a sheet holds its own statuses and reasons")
    if import_ and not choice.is_empty:
        raise InputError("--import: the sheet itself names the findings; nothing else is chosen")
    if export:
        told = export_findings(Home(home), choice, export, decided_too=decided_too)
        print_json(told) if as_json else show_exported(told)
        return
    if import_:
        told = import_decisions(Home(home), import_, who)
    else:
        if status is None:
            raise InputError(f"--status: say what is decided: {', '.join(STATUSES)}")
        decision = Decision(
            status.strip(), (reason or "").strip(), evidence.strip(), read_period_day("--expires", expires)
        )
        told = dispose_findings(
            Home(home), choice, decision, who, standing=standing, is_sure=is_sure, decided_too=decided_too
        )
    print_json(told) if as_json else show_disposed(told)


def verify(
    runs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[RUN]...", help="Runs to make again, by id.", show_default="the last one noted"),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Make every run again that was noted.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Prove that no finding, decision or file of a run was changed, and that a run can be made again."""
    from flows.jobs.verify import verify as verify_home
    from flows.show import progress
    from flows.show.ledger import show_verified

    with progress("Verify"):
        result = verify_home(Home(home), runs or (), every=every)
    print_json(result.as_json()) if as_json else show_verified(result)
    if not result.holds:
        raise typer.Exit(1)


def diff(
    before: Annotated[str, typer.Argument(help="The one run: its id, its folder, `last`, `previous`.")] = "previous",
    after: Annotated[str, typer.Argument(help="The other run.")] = "last",
    limit: Annotated[int, typer.Option("--limit", help="So many findings are shown.", min=0)] = 20,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write all of them to this file.")] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """List the findings that one run has gained, lost or changed against another, and why."""
    from flows.jobs.diff import diff_runs
    from flows.show.ledger import show_diff

    found = diff_runs(Home(home), before, after, csv)
    print_json(found.as_json()) if as_json else show_diff(found, limit, csv)

"""What became of findings: decide about them, prove that nothing was changed, and compare two runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption, complete_rule, print_json, read_period_day
from flows.settings import Home, user
from flows.watch.job import watched
from transforms.errors import InputError


def dispose(
    finding_ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FINDING_ID]...", help="Finding ids, or at least their first 8 characters.", show_default=False
        ),
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status",
            help="false-alarm, authorized or corrected close a finding. escalated and disclosure-candidate leave it"
            " open. reopen withdraws a decision.",
            show_default=False,
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="The reason, kept in the journal.", show_default=False)
    ] = None,
    evidence: Annotated[
        str, typer.Option("--evidence", help="A reference, such as a license, a ticket or a letter.")
    ] = "",
    expires: Annotated[
        str | None,
        typer.Option(
            "--expires", metavar="YYYY-MM-DD", help="The last day on which the decision applies.", show_default="none"
        ),
    ] = None,
    situation: Annotated[
        str | None,
        typer.Option("--situation", help="All findings of one situation (a group of lines with the same facts)."),
    ] = None,
    rule: Annotated[
        str | None, typer.Option("--rule", help="Findings of this rule, by its id.", autocompletion=complete_rule)
    ] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help="flagged or undetermined.")] = None,
    destination: Annotated[
        str | None, typer.Option("--destination", help="Findings on shipments to this country (ISO code).")
    ] = None,
    consignee: Annotated[
        str | None, typer.Option("--consignee", help="Findings with this text in the consignee's name.")
    ] = None,
    eccn: Annotated[str | None, typer.Option("--eccn", help="Findings on this ECCN and its paragraphs.")] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="First export date.", show_default=False)
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="Last export date.", show_default=False)
    ] = None,
    standing: Annotated[
        bool,
        typer.Option("--standing", help="With --situation and --rule: also decide later lines, until --expires."),
    ] = False,
    decided_too: Annotated[bool, typer.Option("--all", help="Include findings already decided.")] = False,
    by: Annotated[str | None, typer.Option("--by", help="The person who decides.", show_default="your account")] = None,
    is_sure: Annotated[
        bool, typer.Option("--yes", help="Record the decision for all findings that a filter or situation selects.")
    ] = False,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write the findings to this .xlsx sheet, to decide there.")
    ] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", help="Record the decisions of this filled-in sheet.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Record decisions about findings: one, many or a whole situation. Each is sealed in a journal."""
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
        raise InputError("--by: the name is blank. Name the person who decides.")
    deciding = [name for name, value in (("--status", status), ("--reason", reason)) if value is not None]
    if (export or import_) and (deciding or standing or (export and import_)):
        raise InputError(
            "--export, --import: do not combine them with each other, or with --status, --reason or --standing. The"
            " sheet holds the statuses and reasons."
        )
    if import_ and not choice.is_empty:
        raise InputError("--import: do not combine it with ids or filters. The sheet names the findings.")
    if export:
        told = export_findings(Home(home), choice, export, decided_too=decided_too)
        print_json(told) if as_json else show_exported(told)
        return
    if import_:
        told = import_decisions(Home(home), import_, who)
    else:
        if status is None:
            raise InputError(f"--status: missing. Give one of: {', '.join(STATUSES)}.")
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
        typer.Argument(metavar="[RUN]...", help="Ids of the runs to repeat.", show_default="the last run"),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Repeat every run in the journal.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Verify that no finding, decision or report file was changed, and that a run repeats byte for byte."""
    from flows.jobs.verify import verify as verify_home
    from flows.show.ledger import show_verified

    with watched(Home(home), "earshot verify"):
        result = verify_home(Home(home), runs or (), every=every)
    print_json(result.as_json()) if as_json else show_verified(result)
    if not result.holds:
        raise typer.Exit(1)


def diff(
    before: Annotated[
        str, typer.Argument(help="The earlier run: its id, its folder, `last` or `previous`.")
    ] = "previous",
    after: Annotated[str, typer.Argument(help="The later run, named in the same way.")] = "last",
    limit: Annotated[int, typer.Option("--limit", help="The most findings to show.", min=0)] = 20,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write all changed findings to this file.")] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """List the findings gained, lost or changed between two runs, and why."""
    from flows.jobs.diff import diff_runs
    from flows.show.ledger import show_diff

    found = diff_runs(Home(home), before, after, csv)
    print_json(found.as_json()) if as_json else show_diff(found, limit, csv)

"""What the command prints for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.table import Table

from flows.jobs import CONSERVATION, Screened
from flows.settings import Home
from transforms.ingest.load import Loaded

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Show that something runs, on standard error, where that is a terminal."""
    with ERR.status(f"{what} ..."):
        yield


def show_home(home: Home, copied: Sequence[str]) -> None:
    """Say where the home is and what waits in it."""
    OUT.print(f"Home: {home.root.resolve()}", markup=False)
    for name in copied:
        OUT.print(f"  inbox/{name} (synthetic sample)", markup=False)


def show_loaded(files: Sequence[Loaded]) -> None:
    """Print one line per file with the conservation of its rows, and why rows were set aside."""
    for one in files:
        OUT.print(f"[bold]{one.file_name}[/] (layout {one.layout}, source {one.source})")
        OUT.print("  " + conserved(one.__dict__), markup=False)
        for problem, rows in one.problems.items():
            OUT.print(f"  in quarantine, {rows:,}: {problem}", markup=False)
        for check in one.door:
            if not check["success"]:
                OUT.print(f"  door, {check['level']}: {check['meaning']} (found {check['observed']:g})", markup=False)


def show_refused(refused: Mapping[str, str]) -> None:
    """Print why files were refused, on standard error."""
    for reason in refused.values():
        ERR.print(reason, markup=False)
    ERR.print(f"{len(refused)} file(s) refused and left in the inbox; the screening went on without them", markup=False)


def conserved(counts: Mapping[str, Any]) -> str:
    """Return the conservation line: every row in is loaded, a duplicate, a restatement, or in quarantine."""
    rows_in, *parts = (f"{counts[key]:,}" for key in CONSERVATION)
    return "rows in {} = {} loaded + {} duplicates + {} restated + {} quarantined".format(rows_in, *parts)


def show_screened(result: Screened) -> None:
    """Print the counts of a screening, its findings by rule and outcome, and where it was written."""
    OUT.print()
    OUT.print(f"[bold]Screening {result.run_id}[/], as of {result.as_of}")
    OUT.print(
        f"  {result.lines:,} lines in {result.situations:,} situations, {result.eras:,} eras of the law;"
        f" {result.lines_before_any_rule:,} lines are older than the first dated rule of this rulebook"
    )
    if result.lines_without_eccn:
        OUT.print(
            f"  {result.lines_without_eccn:,} lines have no ECCN: judged by what else is recorded,"
            " undetermined where that does not settle it"
        )
    OUT.print("  " + conserved(result.conservation), markup=False)
    if result.lines > 10_000 and result.situations > 0.05 * result.lines:
        OUT.print("  note: more than one situation per twenty lines; a fact takes too many values (see rules list)")
    table = Table("rule", "flagged", "undetermined", title=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for rule_id, outcomes in result.findings.items():
        table.add_row(rule_id, f"{outcomes.get('flagged', 0):,}", f"{outcomes.get('undetermined', 0):,}")
    OUT.print(table if result.findings else "  no findings")
    OUT.print(
        f"  value of the lines that need a person: ${result.value_usd['flagged']:,.2f} flagged,"
        f" ${result.value_usd['undetermined']:,.2f} undetermined"
    )
    for path in sorted(result.report.iterdir()):
        OUT.print(f"  {path}", markup=False)
    OUT.print("Facts and authorities, no legal advice; what was not screened stands in summary.html.")


def show_rules(listed: Mapping[str, Any]) -> None:
    """Print the rules and the facts."""
    table = Table("rule", "kind", "in force", "title", "authority")
    for rule in listed["rules"]:
        for version in rule["versions"]:
            until = f" to {version['until']}" if version["until"] else " on"
            table.add_row(
                rule["id"], rule["kind"], f"{version['from']}{until}", rule["title"], "; ".join(version["authority"])
            )
    OUT.print(table)
    facts = Table("fact", "values in your lines", "meaning")
    for fact in listed["facts"]:
        facts.add_row(fact["name"], "-" if fact["values"] is None else f"{fact['values']:,}", fact["meaning"])
    OUT.print(facts)


def show_explained(explained: Mapping[str, Any]) -> None:
    """Print one line, its facts, its era, and what each rule made of it."""
    line = explained["line"]
    OUT.print(
        f"{line['source']} shipment {line['shipment_id']} line {line['line_number']}, exported {line['export_on']}",
        markup=False,
    )
    facts = "; ".join(f"{name}: {_known(value)}" for name, value in explained["facts"].items())
    OUT.print(f"  facts: {facts}", markup=False)
    era = explained["era"]
    OUT.print(f"  nothing that reaches it changes from {era['from'] or 'ever'} until {era['until'] or 'now'}")
    for one in explained["determinations"]:
        OUT.print()
        OUT.print(f"[bold]{one['rule_id']}[/]: [bold]{one['outcome']}[/]")
        OUT.print(f"  {one['because']}", markup=False)
        OUT.print(f"  authority: {'; '.join(one['authority'])}", markup=False)
        for step in one["steps"]:
            OUT.print(f"    {step['step']}: {step['found']}", markup=False)
        if one["remedy"]:
            OUT.print(f"  what to do: {one['remedy']}", markup=False)
    OUT.print()
    OUT.print("Facts and authorities, no legal advice; clear means clear of the rules in this rulebook.")


def _known(value: str | None) -> str:
    return "not known" if value is None else value or "nothing recorded"

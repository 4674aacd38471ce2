"""What the command prints for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from flows.jobs import CONSERVATION, Screened
from flows.settings import Home
from transforms.ingest.load import Loaded
from transforms.reports.run import read_kinds

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
        what = "" if one.kind == "lines" else f"{one.kind}, "
        OUT.print(f"[bold]{escape(one.file_name)}[/] ({what}layout {one.layout}, source {one.source})")
        OUT.print("  " + conserved(one.__dict__), markup=False)
        if one.is_known:
            since = f"; {_count(one.outdated, 'row')} of it restated since, and left so" if one.outdated else ""
            OUT.print(f"  loaded before, byte for byte{since} (to read it anew: earshot ingest --again)", markup=False)
        for problem, rows in one.problems.items():
            OUT.print(f"  in quarantine, {rows:,}: {problem}", markup=False)
        if one.problems:
            OUT.print(f"  each row with its number stands in quarantine/{one.quarantine_name}", markup=False)
        for check in one.door:
            if not check["success"]:
                limit = check["min"] if check["max"] is None else check["max"]
                found = f"found {check['observed']:.2g}, limit {limit:g}"
                OUT.print(f"  door, {check['level']}: {check['meaning']}: {found}", markup=False)


def show_refused(refused: Mapping[str, str]) -> None:
    """Print why files were refused, on standard error."""
    for reason in refused.values():
        ERR.print(reason, markup=False)
    ERR.print(
        f"{_count(len(refused), 'file')} refused and left in the inbox; the screening went on without", markup=False
    )


def conserved(counts: Mapping[str, Any]) -> str:
    """Return the conservation line: every row in is loaded, a duplicate, a restatement, or in quarantine."""
    rows_in, *parts = (f"{counts[key]:,}" for key in CONSERVATION)
    return "rows in {} = {} loaded + {} duplicates + {} restated + {} quarantined".format(rows_in, *parts)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


_FOUND_BY = {"control": "licenses", "eei": "filing", "check": "checks", "reconcile": "reconciliation"}


def show_screened(result: Screened) -> None:
    """Print the counts of a screening, its findings by rule and outcome, and where it was written."""
    OUT.print()
    OUT.print(f"[bold]Screening {result.run_id}[/], as of {result.as_of}")
    OUT.print(
        f"  {_count(result.lines, 'line')} in {_count(result.situations, 'situation')},"
        f" {_count(result.eras, 'era')} of the law; older than the first dated control of this rulebook:"
        f" {result.lines_before_any_rule:,}"
    )
    if result.lines_without_eccn:
        OUT.print(
            f"  without an ECCN: {_count(result.lines_without_eccn, 'line')}, judged by what else is recorded,"
            " undetermined where that does not settle it"
        )
    OUT.print("  " + conserved(result.conservation), markup=False)
    if result.lines > 10_000 and result.situations > 0.05 * result.lines:
        OUT.print("  note: more than one situation per twenty lines; a fact takes too many values (see rules list)")
    kinds = read_kinds(result.report)
    order = {kind: at for at, kind in enumerate(_FOUND_BY)}
    table = Table(
        Column("rule", no_wrap=True), Column("flagged", justify="right"), Column("undetermined", justify="right")
    )
    former = None
    for rule_id in sorted(result.findings, key=lambda one: (order.get(kinds.get(one, ""), len(order)), one)):
        kind = kinds.get(rule_id, "")
        if kind != former:
            table.add_section()
            table.add_row(f"[bold]{escape(_FOUND_BY.get(kind, kind))}[/]")
        outcomes, former = result.findings[rule_id], kind
        table.add_row(rule_id, f"{outcomes.get('flagged', 0):,}", f"{outcomes.get('undetermined', 0):,}")
    if not result.lines:
        OUT.print("  nothing is loaded in this home yet: put extracts into its inbox, or use earshot ingest FILE")
    OUT.print(table if result.findings else "  no findings")
    OUT.print(
        f"  value of the lines that need a person: ${result.value_usd['flagged']:,.2f} flagged,"
        f" ${result.value_usd['undetermined']:,.2f} undetermined"
    )
    for path in sorted(result.report.iterdir()):
        OUT.print(f"  {path}", markup=False)
    OUT.print("Facts and authorities, no legal advice; what was not screened stands in summary.html.")


def reconciled(result: Screened) -> dict[str, Any]:
    """Return what a comparison with AES came to: the counts of what was matched, and the differences by rule."""
    kinds = read_kinds(result.report)
    found = {rule_id: counts for rule_id, counts in result.findings.items() if kinds.get(rule_id) == "reconcile"}
    return {"run_id": result.run_id, **result.matches, "findings": found, "report": str(result.report)}


def show_reconciled(result: Screened) -> None:
    """Print how many lines were matched to filings, by what, and where the two differ."""
    told = reconciled(result)
    OUT.print(f"[bold]Reconciliation {result.run_id}[/], as of {result.as_of}")
    if not told["filings"]:
        OUT.print("  no AES filings are loaded: ingest an export report first (layouts filings, aesdirect, weblink)")
        return
    by = [
        f"{told[f'by_{key}']:,} by {key.replace('_', ' ')}" for key in ("itn", "shipment_reference", "invoice_number")
    ]
    OUT.print(
        f"  {_count(told['lines'], 'line')} of exports, {_count(told['filings'], 'filing line')}; matched:"
        f" {', '.join(by).replace('itn', 'ITN')}"
    )
    table = Table(
        Column("difference", no_wrap=True), Column("flagged", justify="right"), Column("undetermined", justify="right")
    )
    for rule_id, counts in told["findings"].items():
        table.add_row(rule_id, f"{counts.get('flagged', 0):,}", f"{counts.get('undetermined', 0):,}")
    OUT.print(table if told["findings"] else "  no differences")
    for name in ("findings.parquet", "matches.parquet", "summary.html"):
        OUT.print(f"  {result.report / name}", markup=False)
    OUT.print("Facts and authorities, no legal advice.")


_KINDS = {
    "control": "Controls: a license is needed",
    "eei": "Filing: one rule, made of the provisions below",
    "trigger": "Provisions of eei-filing: triggers",
    "exemption": "Provisions of eei-filing: exemptions",
    "exclusion": "Provisions of eei-filing: exclusions",
    "check": "Checks of the record",
    "reconcile": "Comparisons with AES",
}


def show_rules(listed: Mapping[str, Any]) -> None:
    """Print the rules by kind, and the facts."""
    for kind, title in _KINDS.items():
        rules = [rule for rule in listed["rules"] if rule["kind"] == kind]
        table = Table(
            Column("rule", no_wrap=True),
            Column("in force", overflow="fold", max_width=10),
            Column("title", overflow="fold"),
            Column("authority", overflow="fold"),
            title=title,
            title_justify="left",
        )
        for rule in rules:
            for version in rule["versions"]:
                told = f"{rule['paragraph']}: {rule['title']}" if rule["paragraph"] else rule["title"]
                authority = escape("; ".join(version["authority"]))
                table.add_row(rule["id"], _in_force(kind, version), escape(told), authority)
        if rules:
            OUT.print(table)
    facts = Table(
        Column("fact", no_wrap=True),
        Column("values in your lines", justify="right", max_width=12),
        Column("meaning", overflow="fold"),
        caption="-: nothing is loaded yet, or each screening makes it anew from other records",
        caption_justify="left",
    )
    for fact in listed["facts"]:
        facts.add_row(fact["name"], "-" if fact["values"] is None else f"{fact['values']:,}", escape(fact["meaning"]))
    OUT.print(facts)


def _in_force(kind: str, version: Mapping[str, Any]) -> str:
    if kind == "eei":
        return "by its provisions"
    since = f"from {version['from']}" if version["from"] else "start unknown"
    return f"{since} to {version['until']}" if version["until"] else since


def show_explained(explained: Mapping[str, Any], *, every_step: bool = False) -> None:
    """Print one line, its facts, its era, and what each rule made of it; all steps only on request."""
    line = explained["line"]
    OUT.print(
        f"{line['source']} shipment {line['shipment_id']} line {line['line_number']}, exported {line['export_on']}",
        markup=False,
    )
    facts = "; ".join(f"{name}: {_known(value)}" for name, value in explained["facts"].items())
    OUT.print(f"  facts: {facts}", markup=False)
    era = explained["era"]
    OUT.print(
        f"  nothing that reaches it changes from {era['from'] or 'the first day'} until {era['until'] or 'today'}"
    )
    outcomes = [one["outcome"] for one in explained["determinations"]]
    said = [f"{outcomes.count(word)} {word}" for word in dict.fromkeys(outcomes)]
    OUT.print(f"  rules considered: {', '.join(said)}")
    for one in explained["determinations"]:
        if one["outcome"] == "out of scope" and len(outcomes) > 1 and not every_step:
            OUT.print(f"{one['rule_id']}: out of scope: {one['because']}", markup=False)
            continue
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


def show_rule(rule_id: str, sentences: Sequence[Any]) -> None:
    """Print a rule in plain words, one paragraph per topic."""
    OUT.print(f"[bold]{rule_id}[/]")
    topic = ""
    for sentence in sentences:
        if sentence.topic != topic:
            topic = sentence.topic
            OUT.print(f"[bold]{topic}[/]")
        OUT.print("  " + sentence.text.replace("\n", "\n  "), markup=False)

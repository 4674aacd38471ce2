"""`earshot rules`: check, test, list, show and print the rulebook."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.options import DEFAULT_HOME, HomeOption, JsonOption, print_json
from flows.settings import RULES, Home
from transforms.errors import InputError

rules_app = typer.Typer(help="Read, check, test and print the rulebook.", no_args_is_help=True)


@rules_app.command("check", epilog="Example: earshot rules check drafts/new-rule")
def rules_check(
    path: Annotated[
        Path | None,
        typer.Argument(help="A rulebook, or a draft: a rule.yml or its folder.", show_default="the rulebook"),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Check the rulebook or a draft, and list every error."""
    from transforms.compare.cases import run_comparison_cases
    from transforms.compare.read import holds_comparison, read_comparison_cases, read_comparison_draft, read_rules
    from transforms.compare.run import try_comparisons
    from transforms.decide.decide import try_law
    from transforms.rulebook.compile import compile_law
    from transforms.rulebook.read import read_draft, read_rulebook
    from transforms.rulebook.read_parameters import known_parameters
    from transforms.rulebook.statuses import read_filing_statuses
    from transforms.rulebook.words import known_words
    from transforms.screening.cases import run_cases

    rules = Home(home).rules
    parameters: list[str] = []
    whole = path is None or (path / "tables").is_dir()
    if path is not None and holds_comparison(path):
        numbers = known_parameters(rules)
        comparisons, cases = read_comparison_draft(path, numbers, rules / "tables")
        rulebook = None
    elif whole:
        rulebook, comparisons = read_rules(path or rules, shipped=RULES)
        parameters, numbers = [one.id for one in rulebook.stated], rulebook.parameters
        cases, _ = read_comparison_cases(path or rules)
    else:
        numbers = known_parameters(rules)
        draft = read_draft(path or rules, known_words(rules / "tables", numbers))
        comparisons, cases, rulebook = (), {}, draft.alone(read_rulebook(rules, with_cases=False))
    listed = (*rulebook.rules, *rulebook.ccl.rules_by_id) if rulebook else ()
    ids = [rule.id for rule in (*listed, *comparisons)]
    if rulebook and rulebook.checks:
        try_law(compile_law(rulebook))
        own = {check.id: rulebook.cases[check.id] for check in rulebook.checks if check.id in rulebook.cases}
        run_cases(replace(rulebook, cases=own))  # rows without a key, an outcome or a reason show here alone
    try_comparisons(comparisons, numbers.rows())
    statuses = read_filing_statuses((path if path and whole else rules) / "tables")
    run_comparison_cases(comparisons, cases, numbers.rows(), statuses=statuses)  # what they select shows here alone
    if as_json:
        print_json({"rules": ids, "parameters": parameters, "faults": []})
    else:
        counted = f"{len(ids)} rules" + (f" and {len(parameters)} parameters" if parameters else "")
        typer.echo(f"{path or rules}: {counted}, no errors")


@rules_app.command("list", epilog="Example: earshot rules list --json")
def rules_list(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """List the rules with effective dates and authority, and the facts they use."""
    from flows.jobs.questions import list_rules

    listed = list_rules(Home(home))
    if as_json:
        print_json(listed)
        return
    from flows.show.rules import show_rules

    show_rules(listed)


@rules_app.command("test", epilog="Example: earshot rules test")
def rules_test(
    path: Annotated[
        Path | None,
        typer.Argument(help="A rulebook, or a draft: its folder, or a folder of drafts.", show_default="the rulebook"),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Run the examples of the rulebook or a draft. Exit code 1 if one fails or a version has none."""
    from transforms.compare.cases import ComparisonResult, run_comparison_cases
    from transforms.compare.read import holds_comparison, read_comparison_cases, read_comparison_draft, read_rules
    from transforms.reports.book.comparisons import Compared, comparisons_without_cases
    from transforms.reports.book.exercise import versions_without_cases
    from transforms.rulebook.read import read_draft, read_rulebook
    from transforms.rulebook.read_parameters import known_parameters
    from transforms.rulebook.statuses import read_filing_statuses
    from transforms.rulebook.words import known_words
    from transforms.screening.cases import CaseResult, run_cases

    rules = Home(home).rules
    compared, results, lacking, count = Compared(), [], [], 0
    around = path if path and (path / "tables").is_dir() else rules
    numbers, statuses = known_parameters(around), read_filing_statuses(around / "tables")
    if path is not None and holds_comparison(path):
        compared = Compared(*read_comparison_draft(path, numbers, rules / "tables"))
    elif path is None or (path / "tables").is_dir():
        rulebook, comparisons = read_rules(path or rules, shipped=RULES)
        compared = Compared(comparisons, read_comparison_cases(path or rules)[0])
        results = run_cases(rulebook)
        lacking, count = versions_without_cases(rulebook, results), len(rulebook.rules)
    else:  # a draft stands in the rulebook, and only its own examples are run
        draft = read_draft(path, known_words(rules / "tables", numbers))
        whole = draft.within(read_rulebook(rules))
        results = run_cases(replace(whole, cases=draft.cases))
        lacking, count = versions_without_cases(draft.alone(whole), results), len(draft.rules)
    ran = run_comparison_cases(compared.comparisons, compared.cases, numbers.rows(), statuses=statuses)
    compared = replace(compared, results=ran)
    lacking += comparisons_without_cases(compared)
    told: list[CaseResult | ComparisonResult] = [*results, *(compared.results or ())]
    failed = {f"{one.rule_id}: {one.case.case}": one.failures for one in told if one.failures}
    if as_json:
        print_json({"cases": len(told), "failed": failed, "lacking": lacking})
    else:
        for name, failures in failed.items():
            typer.echo("\n  ".join([name, *failures]))
        for sentence in lacking:
            typer.echo(sentence)
        rules_told = count + len(compared.comparisons)
        typer.echo(f"{len(told)} examples of {rules_told} rules, {len(failed)} failed")
    if failed or lacking:
        raise typer.Exit(1)


@rules_app.command(
    "new", epilog="Example: earshot rules new control turkey-rs --eccn 3A992 --country TR --from 2027-01-01"
)
def rules_new(
    kind: Annotated[str, typer.Argument(help="What to write: control or comparison.", show_default=False)],
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The id of the new rule.", show_default=False)],
    into: Annotated[Path, typer.Option("--into", help="The folder for drafts.")] = Path("drafts"),
    eccn: Annotated[str, typer.Option("--eccn", help="The ECCN that the rule covers.")] = "3A999",
    country: Annotated[str, typer.Option("--country", help="The destination that the rule covers (ISO code).")] = "PK",
    column: Annotated[str, typer.Option("--column", help="The column that a comparison compares.")] = "port_of_export",
    first: Annotated[
        str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="The effective date.", show_default="today")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Write a new draft rule with examples. Never overwrites a file."""
    from flows.options import read_period_day
    from flows.settings import now
    from transforms.compare.read import read_rules
    from transforms.compare.skeleton import write_comparison
    from transforms.rulebook.read_parameters import known_parameters
    from transforms.rulebook.skeleton import Scope, write_control
    from transforms.rulebook.words import known_words

    if kind not in ("control", "comparison"):
        raise InputError(f"{kind}: not a kind of draft. Give control or comparison.")
    rules = Home(home).rules
    rulebook, comparisons = read_rules(rules, shipped=RULES)
    taken = {rule.id for rule in (*rulebook.rules, *comparisons)}
    day = read_period_day("--from", first) or now().date()
    if kind == "control":
        words = known_words(rules / "tables", known_parameters(rules))
        folder = write_control(into, rule_id, Scope(eccn, country, day), words, taken)
    else:
        folder = write_comparison(into, rule_id, column, day, taken)
    files = sorted(path.name for path in folder.iterdir())
    if as_json:
        print_json({"draft": str(folder), "files": files})
        return
    typer.echo(f"{folder}: {', '.join(files)}. Complete the three fields that are marked, then run:")
    for command in ("rules check", "rules test", *(["impact"] if kind == "control" else [])):
        typer.echo(f"  earshot {command} {folder}")


@rules_app.command("show", epilog="Example: earshot rules show pakistan-rs")
def rules_show(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a rule.", show_default=False)],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Show one rule in plain words."""
    from transforms.compare.read import read_rules
    from transforms.reports.words.phrases import names_in_rules
    from transforms.reports.words.rules import by_id, describe_rule

    rulebook, reconciling = read_rules(Home(home).rules, shipped=RULES)
    found = by_id(rulebook, reconciling)
    if rule_id not in found:
        instead = [words for words in rulebook.superseded if words.startswith(f"{rule_id}: ")]
        now_in = f" In its place stand {instead[0].removeprefix(f'{rule_id}: ')}." if instead else ""
        raise InputError(f"{rule_id}: not a rule of the rulebook.{now_in} Allowed: {', '.join(found)}.")
    sentences = describe_rule(rulebook, found[rule_id], names_in_rules(rulebook))
    if as_json:
        print_json(
            {"id": rule_id, "words": [{"topic": one.topic, "text": one.text} for one in sentences]}
            | {"rule": _written(found[rule_id])}
        )
        return
    from flows.show.rules import show_rule

    show_rule(rule_id, sentences)


def _written(rule: Any) -> Any:
    """Return a rule as it is written: a row of reasons.csv, or the keys of its YAML."""
    return rule.model_dump(mode="json", by_alias=True) if hasattr(rule, "model_dump") else asdict(rule)


@rules_app.command("book", epilog="Example: earshot rules book --out rulebook.html")
def rules_book(
    out: Annotated[Path, typer.Option("--out", help="The page to write.")] = Path("rulebook.html"),
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Write the rulebook as one page for counsel to review and sign, with the results of its examples."""
    from transforms.compare.cases import run_comparison_cases
    from transforms.compare.read import read_comparison_cases, read_rules
    from transforms.reports.book.comparisons import Compared
    from transforms.reports.book.page import render_book
    from transforms.rulebook.statuses import read_filing_statuses
    from transforms.screening.cases import run_cases

    rulebook, comparisons = read_rules(Home(home).rules, shipped=RULES)
    cases, _ = read_comparison_cases(Home(home).rules)
    statuses = read_filing_statuses(rulebook.tables_dir)
    ran = run_comparison_cases(comparisons, cases, rulebook.parameters.rows(), statuses=statuses)
    compared = Compared(comparisons, cases, ran)
    page = render_book(rulebook, run_cases(rulebook), compared)
    partial = out.with_name(f".{out.name}.partial")
    partial.write_text(page, encoding="utf-8")
    partial.replace(out)
    if as_json:
        print_json({"book": str(out), "rulebook_hash": rulebook.hash})
    else:
        typer.echo(f"{out}: {len(rulebook.rules) + len(comparisons)} rules, rulebook {rulebook.hash[:12]}")

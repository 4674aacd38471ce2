"""The rulebook as one readable page, for counsel to review and sign: made from the rules, never kept beside them.

`render_book` reads the files of the rulebook and no clock, network or database: the same rulebook and results give the
same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from transforms.content import read_yaml
from transforms.errors import RulebookError
from transforms.reports.book.comparisons import Compared, comparison_views
from transforms.reports.book.views import by_topic, reach, row_doubts, rule_views
from transforms.reports.templating import render
from transforms.reports.words.filing import KINDS, describe_filing, headed
from transforms.reports.words.phrases import country_names, joined, names_in_rules, parameter_values
from transforms.rulebook.compile import compile_law
from transforms.rulebook.model import Rulebook
from transforms.rulebook.parameter import filled
from transforms.rulebook.places import read_table
from transforms.screening.cases import CaseResult

SECTIONS = (
    ("control", "rules", "License requirements"),
    ("party", "parties", "Listed parties"),
    ("eei", "filing", "EEI filing in AES: the rule eei-filing"),
    *((kind, f"filing-{plural}", f"EEI filing: {plural}") for kind, plural in KINDS.items()),
    ("check", "checks", "Checks of the shipment record"),
    ("reconcile", "comparisons", "Comparisons of the shipment record with AES"),
)
"""The kinds of rule that have a section of their own: kind, anchor, heading in the contents."""


def render_book(
    rulebook: Rulebook, results: Sequence[CaseResult] | None = None, compared: Compared | None = None
) -> str:
    """Return the page as HTML text; save it as UTF-8. `results` are those of the rulebook's examples, if they were run.

    `compared` are the comparisons with AES, with their examples and results.

    Raises RulebookError where watch.yml, coverage.yml or tables.yml stands in the rulebook and cannot be read.
    """
    countries = country_names(rulebook.tables_dir)
    names = names_in_rules(rulebook)
    compared = compared or Compared()
    rules = [*rule_views(rulebook, results, names), *comparison_views(compared, names)]
    has_filing = rulebook.filing if rulebook.provisions else None
    shown = {rule.rule.kind for rule in rules} | ({has_filing.kind} if has_filing else set())
    return render(
        "book/page.html.j2",
        {"joined": joined, "headed": partial(headed, names=names), "titled": partial(filled, names=names)},
        rulebook=rulebook,
        rules=rules,
        comparisons=compared.comparisons,
        kinds=KINDS,
        sections=[section for section in SECTIONS if section[0] in shown],
        filing=by_topic(describe_filing(has_filing, rulebook.provisions, names)) if has_filing else {},
        cases=[case for rule in rules for case in rule.cases],
        was_run=results is not None,
        parameters=[(one, parameter_values(one, countries)) for one in rulebook.stated],
        reach=reach(compile_law(rulebook), countries),
        treated_as=read_table(rulebook.tables_dir / "treated_as.csv"),
        countries=countries,
        tables=_written(rulebook.tables_dir / "tables.yml", rulebook.root)["tables"],
        row_doubts=row_doubts(rulebook.tables_dir),
        watch=_written(rulebook.root / "watch.yml", rulebook.root),
        coverage=_written(rulebook.root / "coverage.yml", rulebook.root),
    )


class _Written(dict[str, Any]):
    """A mapping as a person wrote it: a key that is not there reads as the empty text."""

    def __missing__(self, key: str) -> str:
        return ""


def _written(path: Path, root: Path) -> _Written:
    """The content of a file beside the rules; nothing where there is no such file."""
    if not path.is_file():
        return _Written()
    content, faults = read_yaml(path, f"{root.name}/{path.relative_to(root).as_posix()}")
    if faults:
        raise RulebookError(faults)
    return _Written(_lenient(content)) if isinstance(content, dict) else _Written()


def _lenient(content: Any) -> Any:
    if isinstance(content, dict):
        return _Written({key: _lenient(value) for key, value in content.items()})
    return [_lenient(entry) for entry in content] if isinstance(content, list) else content

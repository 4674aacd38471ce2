"""The impact page: what other rules would have caught, as one self-contained HTML file for screen and paper.

`render_impact` reads no clock, no network and no database: the same answer gives the same bytes. Recorded text is
escaped, never markup; the one script is fixed, allowed by its hash, and compares numbers and shown text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from transforms.reports.impact.charts import impact_figures
from transforms.reports.impact.lines import MOST_ON_PAPER, pick_lines
from transforms.reports.impact.words import find_tasks, headline, money_span, provisions, rough_span, span, subject
from transforms.reports.left_out import left_out_of_inputs
from transforms.reports.summary.coverage import read_coverage
from transforms.reports.templating import TEMPLATES, render
from transforms.reports.words.phrases import country_names
from transforms.rulebook.model import Rulebook

MOST_PARTS = 100


@dataclass(frozen=True)
class Setting:
    """What the page says beside the answer: where the lines came from, and what no rule looked at."""

    synthetic: bool = False
    sources: Sequence[tuple[str, str, int, int, int]] = ()
    """Source, layout, extracts, rows in, lines loaded."""
    lines_archived: int = 0
    countries: Mapping[str, str] = field(default_factory=dict)
    not_screened: Sequence[str] = ()


def read_setting(rulebook: Rulebook, inputs: Sequence[Mapping[str, Any]], synthetic: Collection[str]) -> Setting:
    """Return the setting of `inputs` (`read_inputs`); `synthetic` are the sha256 of extracts known to be made up."""
    extracts = [one for one in inputs if "sha256" in one]
    sums: dict[tuple[str, str], list[int]] = {}
    for one in extracts:
        held = sums.setdefault((str(one["source"]), str(one["layout"])), [0, 0, 0])
        for at, number in enumerate((1, one["rows_in"], one["loaded"])):
            held[at] += int(number)
    return Setting(
        any(one["sha256"] in synthetic for one in extracts),
        [(*names, numbers[0], numbers[1], numbers[2]) for names, numbers in sorted(sums.items())],
        sum(int(one["lines"]) for one in inputs if "archive" in one),
        country_names(rulebook.tables_dir),
        [*left_out_of_inputs(inputs), *read_coverage(rulebook)["not_screened"]],
    )


def render_impact(told: Mapping[str, Any], rows: pa.Table, setting: Setting) -> str:
    """The page as HTML text, with its charts and the first lines inside it; save it as UTF-8."""
    script = (TEMPLATES / "impact/filter.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return render(
        "impact/page.html.j2",
        {"span": span, "money_span": money_span, "rough_span": rough_span},
        t=told,
        setting=setting,
        subject=subject(told),
        headline=headline(told),
        changes=[(name, one) for name, one in told["questions"].items() if any(one["lines"].values())],
        unchanged=[one["means"] for one in told["questions"].values() if not any(one["lines"].values())],
        provisions=provisions(told),
        figures=impact_figures(told, setting.countries),
        tasks=find_tasks(told, rows),
        parts=told["parts_to_confirm"][:MOST_PARTS],
        lines=pick_lines(rows),
        most_on_paper=MOST_ON_PAPER,
        script=script,
        script_hash=digest,
    )  # fmt: skip

"""The report as one self-contained HTML file, for screen and paper, read offline.

`render_report` reads no clock, no network and no database: the same report gives the same bytes. Recorded text is
escaped in the page and packed in its data; the scripts (DataTables from the package itables, and our own) are fixed and
allowed by their hash.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from transforms.reports.leadership.charts import draw_charts
from transforms.reports.leadership.embed import MOST_ROWS, describe_decision, pack
from transforms.reports.leadership.model import Report
from transforms.reports.leadership.words import PER, headline, rate, total_filing
from transforms.reports.templating import TEMPLATES, render

ON_PAPER = 100
MOST_NAMES, MOST_CAUSES, MOST_RULES = 8, 12, 10
FILES = (
    ("findings.xlsx", "summary, findings, what is undetermined, and the law, as sheets"),
    ("findings.parquet", "the findings about exports of the period, every column"),
    ("rulebook.html", "every rule in plain words, with its authority and examples"),
)


def render_report(
    report: Report, countries: Mapping[str, str], anchors: Collection[str], files: Collection[str] = ()
) -> str:
    """Return the page as HTML text; save it as UTF-8.

    `countries` are names by ISO code, `anchors` the ids of rulebook.html that rules can be linked to, `files` those
    that were written besides what is always there.
    """
    own = (TEMPLATES / "leadership/drill.js").read_text(encoding="utf-8")
    script = f"{read_library()}\n{own}"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    shown = report.rows.slice(0, ON_PAPER).to_pylist()
    return render(
        "leadership/page.html.j2",
        {"decided": describe_decision},
        rate=rate,
        r=report,
        s=report.summary,
        headline=headline(report),
        charts=draw_charts(report, countries),
        total_filing=total_filing(report.filings),
        per=PER,
        lines=sum(one.lines for one in report.months),
        flagged=sum(one.flagged for one in report.months),
        undetermined=sum(one.undetermined for one in report.months),
        repeat=[one for one in report.consignees if one.name and one.months > 1][:MOST_NAMES],
        most_names=MOST_NAMES,
        most_causes=MOST_CAUSES,
        most_rules=MOST_RULES,
        rows=shown,
        packed=pack(report.rows),
        most_rows=MOST_ROWS,
        anchors=set(anchors),
        titles=report.titles,
        countries=countries,
        shown_countries={
            code: countries[code] for code in sorted(set(report.rows["destination"].to_pylist()) & set(countries))
        },
        files=[*FILES, *((name, "the findings as text, as there are more than a sheet holds") for name in files)],
        script=script,
        script_hash=digest,
        library_style=read_library_style(),
    )


@cache
def read_library() -> str:
    """Return DataTables as the package itables bundles it, its license notices within, ending in a name to call it by.

    The bundle is a module that exports; inside a page there is nothing to import it from.
    """
    text = (_itables() / "dt_bundle.js").read_text(encoding="utf-8")
    found = re.search(r"export ?\{([^}]*)\};?", text)
    named = re.search(r"([\w$]+) as default", found[1]) if found else None
    if found is None or named is None:
        raise RuntimeError("itables: dt_bundle.js does not export DataTables as it did in 2.9.1")
    text = text[: found.start()] + f"const DataTable = {named[1]};" + text[found.end() :]
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


@cache
def read_library_style() -> str:
    """Return the style of DataTables without its pictures, which the page's policy would not load."""
    text = (_itables() / "dt_bundle.css").read_text(encoding="utf-8")
    return re.sub(r"url\([^)]*\)", "none", text).replace("</", "<\\/")


def _itables() -> Path:
    """The files of the package, found without importing it, which would import IPython."""
    spec = find_spec("itables")
    if spec is None or spec.origin is None:
        raise RuntimeError("itables is not installed; install Earshot with its lock: make run")
    return Path(spec.origin).parent / "html"

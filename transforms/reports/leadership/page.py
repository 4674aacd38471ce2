"""The report as one self-contained HTML file, for screen and paper, read offline.

`render_report` reads no clock, no network and no database: the same report gives the same bytes. Recorded text is
escaped in the page and packed in its data; the scripts (DataTables, and our own) are fixed and allowed by their
hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from transforms.reports.leadership.charts import Charts, draw_charts
from transforms.reports.leadership.embed import MOST_ROWS, describe_decision, pack
from transforms.reports.leadership.model import Report
from transforms.reports.leadership.words import PER, headline, rate, total_filing
from transforms.reports.templating import TEMPLATES, VENDOR, render

ON_PAPER = 100
MOST_NAMES, MOST_CAUSES, MOST_RULES = 8, 12, 10
MOST_WORST, MOST_LIMITS = 5, 24
"""What two printed pages hold."""
FILES = (
    ("executive.html", "the first pages of this report alone, two printed pages"),
    ("findings.xlsx", "summary, findings, what is undetermined, and the law, as sheets"),
    ("parties.xlsx", "parties that are or may be on lists, listed since, and new after a listing"),
    ("findings.parquet", "the findings about exports of the period, every column"),
    ("rulebook.html", "every rule in plain words, with its authority and examples"),
)


def render_report(
    report: Report,
    countries: Mapping[str, str],
    anchors: Collection[str],
    files: Collection[str] = (),
    charts: Charts | None = None,
) -> str:
    """Return the page as HTML text; save it as UTF-8.

    `countries` are names by ISO code, `anchors` the ids of rulebook.html that rules can be linked to, `files` those
    that were written besides what is always there, `charts` those of the report where they are drawn already.
    """
    own = (TEMPLATES / "leadership/drill.js").read_text(encoding="utf-8")
    library, library_style, library_license = read_library()
    shown = report.rows.slice(0, ON_PAPER).to_pylist()
    return render(
        "leadership/page.html.j2",
        {"decided": describe_decision},
        alone=False,
        **_first_pages(report, countries, anchors, charts),
        repeat=[one for one in report.consignees if one.name and one.months > 1][:MOST_NAMES],
        most_names=MOST_NAMES,
        most_causes=MOST_CAUSES,
        rows=shown,
        packed=pack(report.rows),
        most_rows=MOST_ROWS,
        shown_countries={
            code: countries[code] for code in sorted(set(report.rows["destination"].to_pylist()) & set(countries))
        },
        files=[*FILES, *((name, "the findings as text; too many for a sheet") for name in files)],
        library=library,
        library_style=library_style,
        library_license=library_license,
        script=own,
        allowed=f"{_allowed(library)} {_allowed(own)}",
    )


def render_executive(
    report: Report, countries: Mapping[str, str], anchors: Collection[str], charts: Charts | None = None
) -> str:
    """Return the first pages of the report as a page of their own, without scripts: two pages of paper."""
    content = _first_pages(report, countries, anchors, charts)
    return render("leadership/page.html.j2", {"decided": describe_decision}, alone=True, **content)


def _first_pages(
    report: Report, countries: Mapping[str, str], anchors: Collection[str], charts: Charts | None
) -> dict[str, Any]:
    urgent = set(report.summary.urgent_rules)
    return {
        "rate": rate,
        "r": report,
        "s": report.summary,
        "headline": headline(report),
        "charts": charts or draw_charts(report, countries),
        "total_filing": total_filing(report.filings),
        "per": PER,
        "lines": sum(one.lines for one in report.months),
        "flagged": sum(one.flagged for one in report.months),
        "undetermined": sum(one.undetermined for one in report.months),
        "worst": worst(report.rows, MOST_WORST),
        "flagged_findings": report.sum("flagged", report.rules),
        "undetermined_findings": report.sum("undetermined", report.rules),
        "urgent_findings": sum(one.flagged + one.undetermined for one in report.rules if one.rule_id in urgent),
        "found_records": report.count_records(),
        "new_findings": report.sum("new", report.rules),
        "most_rules": MOST_RULES,
        "most_limits": MOST_LIMITS,
        "anchors": set(anchors),
        "titles": report.titles,
        "countries": countries,
    }


def worst(rows: pa.Table, most: int) -> list[dict[str, Any]]:
    """Return the flagged lines of highest value, each once, with the rules that flag it."""
    kept = ("shipment_id", "line_number", "export_on", "destination", "consignee_name", "eccn", "value_usd", "rule_id")
    flagged = rows.filter(pc.and_(pc.equal(rows["outcome"], "flagged"), pc.is_valid(rows["value_usd"])))
    order = [("value_usd", "descending"), ("shipment_id", "ascending"), ("line_number", "ascending")]
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in flagged.select(kept).sort_by([*order, ("rule_id", "ascending")]).slice(0, most * 40).to_pylist():
        line = found.setdefault((row["shipment_id"], row["line_number"], row["value_usd"]), row | {"rules": []})
        line["rules"].append(row["rule_id"])
    return list(found.values())[:most]


@cache
def read_library() -> tuple[str, str, str]:
    """Return DataTables as it was published (`vendor/README.md`): its script, its style, and its license.

    The script stands in a function without `exports` or `define`: it looks for them to see whether it is run as a
    module, and a browser gives it the element of the page that has this id. It then names itself `DataTable`, for our
    own script to call. Nothing in it ends the element that holds it, and the style fetches nothing:
    `tests/unit/test_vendor.py`.
    """
    names = ("dataTables.min.js", "dataTables.dataTables.min.css", "License.txt")
    script, style, license_text = ((VENDOR / "datatables" / name).read_text(encoding="utf-8") for name in names)
    return f"((exports, define) => {{\n{script}\n}})();", style, license_text


def _allowed(script: str) -> str:
    """Return the word of the page's policy that lets this script run, and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"

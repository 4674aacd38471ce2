"""The summary page: one self-contained HTML file that a leader reads offline, without JavaScript.

`render_summary` turns a `Summary` into text and reads no clock, no network and no database: the same summary gives the
same bytes, whatever order its rows came in.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from decimal import Decimal

from transforms.columns import heading
from transforms.reports.amounts import count, rough_money
from transforms.reports.summary.charts import figures
from transforms.reports.summary.model import TOP_LINES, News, RuleRow, Summary
from transforms.reports.templating import prepare, render

_PAGE = "summary/page.html.j2"
KINDS = {
    "control": ("License requirements", "license requirements"),
    "party": ("Listed parties", "rules on listed parties"),
    "eei": ("EEI filing in AES", "filing rules"),
    "check": ("Shipment record checks", "checks"),
    "reconcile": ("AES filings compared with shipments", "comparisons"),
}
"""The kinds of rule in page order: heading in the table of findings, plural. A kind not here goes last, as it is."""


def headline(summary: Summary) -> str:
    """What is new, in one plain sentence."""
    news = summary.news
    where = _records(news.new_lines, news.new_filings)
    if not summary.lines:
        return "No shipment lines are loaded, so nothing was screened."
    if news.previous_on is None:
        if not news.new:
            return "First screening: no line needs review under the rules in this rulebook."
        return f"First screening: {count(news.new, 'finding')} on {where} {_need(news.new)} review{_urgent(news)}."
    since = f"since the screening as of {news.previous_on}"
    if not news.new and not news.reopened:
        return f"No new finding {since}."
    if not news.new:
        return f"No new finding {since}; {count(news.reopened)} reopened{_urgent(news)}."
    also = f", and {count(news.reopened)} reopened" if news.reopened else ""
    return f"{count(news.new, 'new finding')} on {where} {since}{also}{_urgent(news)}."


def total(summary: Summary) -> str:
    """How many of all lines need review."""
    review = summary.lines_flagged + summary.lines_undetermined
    lines = f"Of all {count(summary.lines, 'line')} screened, worth {rough_money(summary.value_usd)}, "
    if not summary.lines or not review:
        return lines + "none needs review under the rules in this rulebook."
    share = f"{100 * review / summary.lines:.1f} % of lines"
    return (
        f"{lines}{count(review)} {_need(review)} review ({share}):"
        f" {count(summary.lines_flagged)} flagged, {count(summary.lines_undetermined)} undetermined."
    )


def new_records(news: News) -> str:
    """What has new findings."""
    return _records(news.new_lines, news.new_filings) + _alone(news.new_filings)


def open_records(news: News) -> str:
    """What has open findings: the lines to review."""
    return _records(news.open_lines, news.open_filings) + _alone(news.open_filings)


def _records(lines: int, filings: int) -> str:
    """`9 lines`, `9 lines and 2 AES filing lines`."""
    of_aes = count(filings, "AES filing line")
    if not filings:
        return count(lines, "line")
    return f"{count(lines, 'line')} and {of_aes}" if lines else of_aes


def _alone(filings: int) -> str:
    return " without a shipment line" if filings else ""


def _need(number: int) -> str:
    return "needs" if number == 1 else "need"


def _urgent(news: News) -> str:
    return f"; {count(news.urgent)} urgent" if news.urgent else ""


def render_summary(summary: Summary) -> str:
    """The page as HTML text, with three charts inside it; save it as UTF-8."""
    ranked = sorted(summary.rules, key=lambda rule: (-rule.flagged, -rule.undetermined, rule.rule_id))
    kinds = [*KINDS, *sorted({rule.kind for rule in ranked} - set(KINDS))]
    found = [rule for rule in ranked if rule.flagged or rule.undetermined]
    silent = sorted((rule for rule in ranked if not rule.flagged and not rule.undetermined), key=lambda one: one[0])
    top = sorted(summary.top, key=lambda row: (-(row.value_usd or 0), row.shipment_id, row.line_number))
    filters: dict[str, Callable[..., str]] = {"heading": heading, "plain": _plain, "capitalize_first": _capitalized}
    with ThreadPoolExecutor(1) as beside:
        drawing = beside.submit(copy_context().run, figures, summary)
        prepare(_PAGE, filters)
        drawn = drawing.result()
    return render(
        _PAGE,
        filters,
        s=summary,
        headline=headline(summary),
        total=total(summary),
        found=_grouped(found, kinds, 0),
        quiet=_grouped(silent, kinds, 1),
        undetermined=sorted(summary.undetermined, key=lambda row: (-row[2], row[0], row[1])),
        top=top[:TOP_LINES],
        titles={rule.rule_id: rule.title for rule in summary.rules},
        new_records=new_records(summary.news),
        open_records=open_records(summary.news),
        numbers={row.part_number: at for at, row in enumerate(summary.items, 1)},
        figures=drawn,
    )


def _plain(quantity: Decimal) -> str:
    """A quantity without zeros at its end: `1,200`, `0.5`."""
    return f"{quantity.normalize():,f}"


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _grouped(rules: list[RuleRow], kinds: list[str], at: int) -> list[tuple[str, list[RuleRow]]]:
    """The rules by kind, each under the heading (`at` 0) or the plural (1) of its kind; without empty groups."""
    groups = [(KINDS.get(kind, (kind, kind))[at], [rule for rule in rules if rule.kind == kind]) for kind in kinds]
    return [(heading, group) for heading, group in groups if group]

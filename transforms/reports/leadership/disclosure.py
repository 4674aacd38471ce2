"""The work-file for a disclosure as a page and a workbook: what 15 CFR 764.5 asks for, as far as it is on record.

It concludes nothing: whether anything is to be disclosed, to whom, and what it amounts to is for counsel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from transforms.columns import heading
from transforms.reports.leadership.matters import Disclosure, sum_of_lines
from transforms.reports.leadership.workbook import write_book
from transforms.reports.templating import render
from transforms.reports.words.phrases import in_words

CONCLUDES = (
    "This file gathers facts on record for counsel. It draws no conclusion and is not legal advice: whether there is"
    " anything to disclose, under which track, and to whom, is for counsel and management to decide."
)
ASKED: tuple[tuple[str, str], ...] = (
    ("15 CFR 764.5(d)(3)", "OEE recommends that the review cover the {years} years before the initial notification."),
    ("15 CFR 764.5(d)(3) to (5)", "The narrative lists, among others: description, quantity, value in US dollars and"
     " ECCN of the items, the parties with their addresses, license numbers, how and when it came about; with"
     " supporting documents and a certification."),
    ("15 CFR 764.5(c)", "Minor or technical matters, without an aggravating factor: an abbreviated narrative, which may"
     " be a list or spreadsheet and may be bundled by quarter."),
    ("15 CFR 764.5(d)(2)", "Significant matters: an initial notification as soon as possible, the full narrative within"
     " {narrative_days} days of it. Where in doubt, this track."),
    ("15 CFR 764.5(b)(3), (b)(5)", "It counts only if it is received before the agency learned substantially the same"
     " and began an inquiry, and if senior management authorized it."),
    ("15 CFR 764.2(e), 764.5(g)", "Dealing with the item further is barred after discovery, but for what 764.5(g) sets"
     " out; for errors in AES alone, (g)(5)."),
    ("15 CFR 30.74(c)", "A disclosure of EEI matters to Census covers {years} years as well."),
    ("15 CFR 762.6", "Records tied to a disclosure are not destroyed without written authorization: earshot hold add."),
)  # fmt: skip
"""What the texts say, in short: 15 CFR 764.5 as read on 2026-09-24, 15 CFR 30.74 as read on 2025-01-27.

Their numbers are parameters of the rulebook.
"""
NOT_HELD = (
    "Addresses of the parties; only names, countries and numbers are recorded here",
    "The narrative: how it came about, who was involved, what was done since",
    "Whether an aggravating factor is present, and what speaks in mitigation",
    "Supporting documents: invoices, transport documents, licenses, correspondence",
    "The licenses themselves: whether a number recorded covers item, party, value and date",
    "Whether the classification recorded is right, and where the item is now",
    "What any agency already knows, and what was said to it",
    "The certification, and the authorization by senior management",
)
FINDING = ("rule_id", "outcome", "is_made", "state", "first_seen_on", "because", "authority", "missing")
_LINE = (
    "export_on", "tendered_on", "activity", "part_number", "description", "eccn", "schedule_b", "quantity", "uom",
    "value_usd", "destination", "shipped_from", "usppi_name", "usppi_id", "consignee_name", "consignee_country",
    "intermediate_consignee_name", "intermediate_country", "end_user_name", "end_user_country", "license_code",
    "license_number", "exception_paragraph", "itn", "eei_exemption", "filing_option", "transport_mode", "conveyance",
    "port_of_export", "routed", "invoice_number", "file_name", "file_sha256",
)  # fmt: skip
PARTIES = (
    ("USPPI", "usppi_name", "usppi_id"), ("Ultimate consignee", "consignee_name", "consignee_country"),
    ("Intermediate consignee", "intermediate_consignee_name", "intermediate_country"),
    ("End user", "end_user_name", "end_user_country"),
)  # fmt: skip


def render_disclosure(told: Disclosure, titles: Mapping[str, str], countries: Mapping[str, str]) -> str:
    """Return the page as HTML text, without scripts; save it as UTF-8. `titles` are those of rules by id."""
    lines = [line for one in told.matters for line in one.lines]
    return render(
        "leadership/disclosure.html.j2",
        {"recorded": recorded, "quantity": quantity},
        d=told,
        concludes=CONCLUDES,
        asked=_asked(told),
        not_held=NOT_HELD,
        parties=PARTIES,
        years=_years(told),
        lines=len(lines),
        value=sum_of_lines(lines),
        quantities=_quantities(lines),
        titles=titles,
        countries=countries,
    )


def recorded(value: object) -> str:
    """A recorded value as text: what a source has no column for is not known, what it left empty is not recorded."""
    if value is None:
        return "not known"
    return str(value) if value != "" else "not recorded"


def quantity(number: Decimal | None) -> str:
    """A quantity without trailing zeros, `1,200` or `0.5`."""
    return "not known" if number is None else f"{number.normalize():,f}"


def write_disclosure_book(told: Disclosure, path: Path) -> None:
    """Write the workbook: lines, findings, decisions, bundles by quarter, the years covered, and what it lacks."""
    key = ("source", "shipment_id", "line_number")
    lines = [line[0] for one in told.matters for line in one.lines]
    decisions = [(row, one) for row in told.rows for one in row["decisions"]]
    made = ("status", "reason", "evidence", "expires_on", "decided_by", "decided_at")
    write_book(
        path,
        [
            ("Read me", ("What", "Value of it"), _read_me(told)),
            ("Lines", [heading(name) for name in (*key, *_LINE)], _picked(lines, (*key, *_LINE))),
            ("Findings", [heading(name) for name in (*key, *FINDING)], _picked(told.rows, (*key, *FINDING))),
            (
                "Decisions", [heading(name) for name in (*key, "rule_id", *made)],
                [[*(row[name] for name in (*key, "rule_id")), *(one[name] for name in made)] for row, one in decisions],
            ),
            ("Quarters", ("Quarter", "Shipments", "Findings", "Value (USD)"), told.bundles),
            (_years(told), ("Month of export", "Lines in the history", "Value (USD)"), told.months),
            ("Not held", ("What this file does not hold",), [(one,) for one in NOT_HELD]),
        ],
        "Facts for counsel",
    )  # fmt: skip


def _picked(rows: Iterable[Mapping[str, Any]], names: Iterable[str]) -> Iterable[list[object]]:
    wanted = list(names)
    for row in rows:
        values = [row[name] for name in wanted]
        yield ["; ".join(one) if isinstance(one, list) else _yes_no(one) for one in values]


def _yes_no(value: object) -> object:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _read_me(told: Disclosure) -> list[tuple[str, object]]:
    return [
        ("Notice", CONCLUDES), ("Filter", told.asked.words), ("Run", told.run.run_id), ("Law as of", told.run.as_of),
        ("Rulebook", told.run.rulebook_hash), ("Shipments", len(told.matters)), ("Findings", len(told.rows)),
        (f"{_years(told)} from", told.start), ("Months of them without a line in the history", len(told.empty_months)),
        *_asked(told),
    ]  # fmt: skip


def _years(told: Disclosure) -> str:
    """`Five years`."""
    return f"{in_words(told.years)} years".capitalize()


def _asked(told: Disclosure) -> list[tuple[str, str]]:
    numbers = {"years": in_words(told.years), "narrative_days": told.narrative_days}
    return [(cited, text.format(**numbers)) for cited, text in ASKED]


def _quantities(lines: Iterable[list[dict[str, Any]]]) -> list[tuple[str, object, int]]:
    """Quantity by unit: unit, sum (None where that of any line is not known), lines."""
    held: dict[str, list[Any]] = {}
    for line in lines:
        held.setdefault(recorded(line[0]["uom"]), []).append(line[0]["quantity"])
    return [(unit, None if None in found else sum(found), len(found)) for unit, found in sorted(held.items())]

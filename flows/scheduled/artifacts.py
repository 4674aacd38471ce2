"""What a run leaves to be seen on the pages of a Prefect server: counts by rule, a summary, how far a backfill is.

Only where a run has a server of its own; the nightly command without one does nothing here. Counts alone are told: no
party, no shipment, no file by its name. A server that does not answer keeps no run from its end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from prefect import get_run_logger
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.exceptions import PrefectException
from prefect.settings import PREFECT_API_URL

from flows.jobs.screen import Screened
from flows.settings import sample_hashes
from flows.show.screen import SECTIONS
from transforms.reports.run import MANIFEST, read_kinds

NOTICE = "Facts and authorities, not legal advice. Clear means clear of the rules in this rulebook."


def is_served() -> bool:
    """Return whether the run has a server that stays, whose pages somebody may look at."""
    return bool(PREFECT_API_URL.value())


@contextmanager
def _may_fail() -> Iterator[None]:
    try:
        yield
    except (httpx.HTTPError, PrefectException, OSError) as error:
        get_run_logger().warning("The page of this run lacks an artifact: %s", type(error).__name__)


def show_screening(screened: Screened, *, loaded: int = 0, rejected: int = 0, unfinished: int = 0) -> None:
    """Show a finished screening: findings by rule, a summary with what was not screened, where its report is."""
    if not is_served():
        return
    with _may_fail():
        create_table_artifact(by_rule(screened), "findings-by-rule", f"Findings by rule. {NOTICE}")
        summary = _summary(screened, loaded, rejected, unfinished)
        create_markdown_artifact(summary, "summary", "Summary of the screening")
        show_folder(screened.report / "summary.html", "The summary page of the run")


def show_folder(page: Path, what: str) -> None:
    """Show where a report is; a browser on the same computer opens it."""
    if is_served():
        with _may_fail():
            create_link_artifact(page.resolve().as_uri(), str(page), "report", what)


class Progress:
    """How far a long run is, in percent; nothing where the run has no server."""

    def __init__(self, key: str, what: str) -> None:
        self._artifact: Any = None
        if is_served():
            with _may_fail():
                self._artifact = create_progress_artifact(0.0, key, what)

    def tell(self, done: float, whole: float) -> None:
        """Say that so much of the whole is done, in whatever unit."""
        if self._artifact is not None and whole:
            with _may_fail():
                update_progress_artifact(self._artifact, round(100 * done / whole, 1))


def by_rule(screened: Screened) -> list[dict[str, str | int]]:
    """Return a row for each rule with findings: id, kind, flagged, undetermined."""
    kinds = read_kinds(screened.report)
    return [
        {
            "Rule": rule_id,
            "Kind": SECTIONS.get(kinds.get(rule_id, ""), kinds.get(rule_id, "")),
            "Flagged": counts.get("flagged", 0),
            "Undetermined": counts.get("undetermined", 0),
        }
        for rule_id, counts in sorted(screened.findings.items())
    ]


def _summary(screened: Screened, loaded: int, rejected: int, unfinished: int) -> str:
    review, value, states = screened.lines_for_review, screened.value_usd, screened.states
    rows = screened.conservation
    inputs = json.loads((screened.report / MANIFEST).read_text(encoding="utf-8"))["inputs"]
    synthetic = any(one.get("sha256") in sample_hashes() for one in inputs)
    told = [
        f"# Screening as of {screened.as_of}",
        "**Synthetic sample data.**" if synthetic else "",
        f"- {screened.lines:,} lines screened, in {screened.situations:,} groups of lines with the same facts",
        f"- {sum(review.values()):,} lines need review: {review.get('flagged', 0):,} flagged, worth"
        f" ${value['flagged']:,.2f}; {review.get('undetermined', 0):,} undetermined, worth"
        f" ${value['undetermined']:,.2f}",
        f"- Findings: {states['new']:,} new, {states['open']:,} open, {states['reopened']:,} reopened,"
        f" {states['decided']:,} decided, {states['closed']:,} no longer found",
        f"- Files of this run: {loaded:,} loaded, {rejected:,} rejected, {unfinished:,} still being written",
        "",
        "## Not screened",
        f"- {screened.quarantine['rows'] or 0:,} quarantined rows",
        f"- {rows['left_out']:,} rows left out as not exports or no records",
        f"- {screened.lines_archived:,} archived lines",
        f"- {screened.lines_before_any_rule:,} lines exported before the first rule with a researched date",
        f"- {screened.lines_after_lists:,} lines exported after the day of the party lists"
        f" ({screened.lists_as_of or 'no lists'})",
        f"- {screened.lines_without_eccn:,} lines have no ECCN recorded",
        "",
        f"Report: `{screened.report / 'summary.html'}`",
        "",
        NOTICE,
    ]  # fmt: skip
    return "\n".join(told)

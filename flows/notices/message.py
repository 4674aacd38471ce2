"""A notice in plain text: counts and codes, no name of a party, of a file or of an error's details."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from flows.settings import VERSION, Home, now, sample_hashes
from flows.show import counted
from transforms.visible import plain_text

Kind = Literal["night", "files", "failed", "late", "test"]
"""What a notice is about: a night that went well, one that left files out, one that failed or did not run, a test."""

_WEIGHTS = {
    "embargoed": "Embargoed destinations", "listed": "Listed parties", "high": "High severity",
    "medium": "Medium severity", "low": "Low severity",
}  # fmt: skip
_FIRST = ("embargoed", "listed")
_MOST_RULES = 5
"""Of each severity, the rules with the most findings; of what comes first, every rule is named."""
_SYNTHETIC = "Sample data, synthetic: made up, of no real exporter."
_LEGAL = "Facts and authorities, not legal advice."


@dataclass(frozen=True)
class Message:
    """One notice: its code, its words, and the counts that they say, for programs. `link` may be empty."""

    kind: Kind
    subject: str
    lines: tuple[str, ...]
    link: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    made_at: str = field(default_factory=lambda: f"{now():%Y-%m-%dT%H:%M:%SZ}")

    @property
    def is_failure(self) -> bool:
        """Whether a night, or a part of it, failed or did not run."""
        return self.kind in ("files", "failed", "late")

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.lines) + "\n"

    def as_json(self) -> dict[str, Any]:
        """Return what a program is told, which `from_json` reads again."""
        return {"earshot": VERSION, **asdict(self)}


def from_json(told: Mapping[str, Any]) -> Message:
    """Return the message that `as_json` told; raise KeyError or TypeError for another content."""
    names = ("kind", "subject", "link", "facts", "made_at")
    return Message(lines=tuple(map(str, told["lines"])), **{name: told[name] for name in names})


def wants(when: str, message: Message) -> bool:
    """Return whether a channel with this `when` is told of the message; a test is for every channel."""
    if message.kind == "test":
        return True
    has_news = bool(message.facts.get("new") or message.facts.get("reopened"))
    return when == "always" or (when != "never" and message.is_failure) or (when == "findings" and has_news)


def of_night(home: Home, result: Mapping[str, Any]) -> Message:
    """Return the notice of a night that got through; `result` is what the flow returned."""
    from flows.jobs.law import read_law
    from transforms.reports.noticed import count_noticed

    screened, refused = result["screened"], len(result["refused"])
    is_synthetic = _is_synthetic(screened.report)
    urgent = read_law(home.rules, home.made).says.urgent
    rows = count_noticed(screened.report, urgent)
    new, reopened = (sum(row[name] for row in rows) for name in ("new", "reopened"))
    first = sum(row["new"] + row["reopened"] for row in rows if row["weight"] in _FIRST)
    link = _link(home, f"{screened.run_id}/summary.html")
    told = [counted(new, "new finding"), f"{reopened:,} reopened"] if new or reopened else ["no new findings"]
    if first:
        told.append(f"{first:,} on embargoed destinations or listed parties")
    if refused:
        told.insert(0, f"{counted(refused, 'file')} not loaded")
    facts = {
        "run_id": screened.run_id, "as_of": str(screened.as_of), "new": new, "reopened": reopened,
        "findings": rows, "files_loaded": len(result["files"]), "files_not_loaded": refused,
        "quarantined": sum(one.quarantined for one in result["files"]), "in_quarantine": screened.quarantine["rows"],
        "archived": screened.lines_archived,
    }  # fmt: skip
    lines = (
        f"Screening {screened.run_id}, as of {screened.as_of}.",
        *_of_findings(rows),
        *(_of_files(facts)),
        _not_screened(facts),
        f"Report: {link}",
        *([_SYNTHETIC] if is_synthetic else []),
        _LEGAL,
    )
    return Message("files" if refused else "night", f"{_name(home)}: {', '.join(told)}", lines, link, facts)


def of_failure(home: Home, error: BaseException) -> Message:
    """Return the notice of a night that failed: the class of its error, and where to read more."""
    code = type(error).__name__
    lines = (
        f"The nightly job failed ({code}).",
        f"Read what failed and what to do in {home.failed.resolve()}.",
        _LEGAL,
    )
    return Message("failed", f"{_name(home)}: the nightly job failed ({code})", _plain(lines), "", {"error": code})


def of_late(home: Home, last: str, hours: int) -> Message:
    """Return the notice of a night that did not run; `last` is when the last one ended, empty where none did."""
    before = f"The last one ended on {last} UTC, {counted(hours, 'hour')} ago." if last else "None has run so far."
    lines = (f"The nightly job did not run. {before}", "Check its schedule, or run: earshot nightly", _LEGAL)
    subject = f"{_name(home)}: the nightly job did not run"
    return Message("late", subject, lines, "", {"last_night": last, "hours": hours})


def of_test(home: Home) -> Message:
    """Return a notice that says nothing but that notices arrive."""
    lines = ("This is a test of the notices of Earshot. Nothing needs to be done.", _LEGAL)
    return Message("test", f"{_name(home)}: test notice", lines, _link(home, ""))


def _of_findings(rows: list[dict[str, Any]]) -> Iterator[str]:
    if not rows:
        yield "No new or reopened findings."
    for weight, title in _WEIGHTS.items():
        of_weight = [row for row in rows if row["weight"] == weight]
        if of_weight:
            new, again = (sum(row[name] for row in of_weight) for name in ("new", "reopened"))
            yield f"{title}: {new:,} new, {again:,} reopened"
            shown = of_weight if weight in _FIRST else of_weight[:_MOST_RULES]
            for row in shown:
                yield f"  {row['rule_id']}: {row['flagged']:,} flagged, {row['undetermined']:,} undetermined"
            if len(shown) < len(of_weight):
                yield f"  and {counted(len(of_weight) - len(shown), 'more rule')}"


def _of_files(facts: Mapping[str, Any]) -> Iterator[str]:
    if facts["files_not_loaded"]:
        yield f"Not loaded: {counted(facts['files_not_loaded'], 'file')}. The file reports/FAILED of the home says why."
    if facts["quarantined"]:
        yield f"Quarantined rows of this night: {facts['quarantined']:,}. List them: earshot quarantine list"


def _is_synthetic(report: Path) -> bool:
    inputs = json.loads((report / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    return not sample_hashes().isdisjoint(one.get("sha256") for one in inputs)


def _not_screened(facts: Mapping[str, Any]) -> str:
    rows = counted(facts["in_quarantine"], "quarantined row")
    archived = f", {counted(facts['archived'], 'archived line')}" if facts["archived"] else ""
    return f"Not screened: {rows}{archived}, and what the report lists as not covered by the rulebook."


def _plain(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(plain_text(line) for line in lines)


def _name(home: Home) -> str:
    """Return the name of the home's folder, as a subject can hold it."""
    return f"Earshot, {plain_text(home.root.resolve().name)[:60]}"


def _link(home: Home, path: str) -> str:
    base = home.config.value("notify.link") or plain_text(str(home.reports.resolve()))
    return f"{base.rstrip('/')}/{path}".rstrip("/")

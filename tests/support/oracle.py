"""A second reading of the law: one line under one control, slow and obvious, from design.md and the tables alone.

Nothing here is shared with the engine but the model of a rule. Truth has three values: True, False, None (not known).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from tests.support.goods_oracle import Told, reaches_heading, region_of, settles, told_of
from tests.support.scope_oracle import is_readable, reaches_item, reaches_place
from tests.support.tables_oracle import Tables
from tests.support.truth import Line, Truth, all_of, any_of, none_of
from transforms.rulebook.model import Control, ExceptionTerms, Items, Savings, Version
from transforms.rulebook.versions import DatedVersion, Doubt

V = TypeVar("V", bound=DatedVersion)

BIS_LICENSE = re.compile(r"[A-FH-Y][0-9]{6}")


@dataclass(frozen=True)
class Answer:
    """What one rule says of one line: the outcome, and whether a field that the record lacks is what leaves it open."""

    outcome: str
    is_silent: bool = False
    missing: frozenset[str] = field(default=frozenset(), compare=False)


CLEAR, FLAGGED, UNDETERMINED = Answer("clear"), Answer("flagged"), Answer("undetermined")


# ---------------------------------------------------------------------------------------------------------------- scope


def in_force(versions: Sequence[V], day: date, eccn: str | None) -> tuple[V | None, list[Doubt]]:
    """Of versions that follow each other the one that may hold on that day, and its doubts.

    A doubt may open days outside a version's own, but never on a day that is another version's own, nor before the end
    of the version before it.
    """
    ended = [date.min, *(one.until or date.max for one in versions)]
    begun = [one for one, before in zip(versions, ended, strict=False) if before < day]
    own = [one for one in versions if (one.from_on or day) <= day <= (one.until or day)]
    for version in own or begun[::-1]:
        doubts = [
            doubt
            for doubt in version.doubts
            if (doubt.from_on or version.from_on or day) <= day <= (doubt.until or version.until or day)
            and (doubt.items is None or _is_doubted(doubt.items, version, eccn))
        ]
        if own or doubts:
            return version, doubts
    return None, []


def _is_doubted(items: Items, version: DatedVersion, eccn: str | None) -> bool:
    """Where any item is covered, a line without an ECCN is not taken for one of those in doubt."""
    covered = getattr(version, "items", None)
    if not is_readable(eccn) and covered and reaches_item(covered, eccn):
        return False
    return reaches_item(items, eccn) is not False


# ------------------------------------------------------------------------------------------------------------ authority


WITHOUT_A_CODE = {"ACE", "IEC", "HBM", "AIA", "ACM", "LPP", "MED", "SPP"}
"""Exceptions of which no AES code is known, 15 CFR 740.5 and 740.22 to 740.29."""


def read_claim(line: Line, tables: Tables) -> tuple[str, str]:
    """What authority is claimed: (kind, exception symbol)."""
    code, number = line.get("license_code"), line.get("license_number")
    if not code and not number:
        return ("nothing", "") if code == "" and number == "" else ("not known", "")
    symbols = {row["symbol"]: row["kind"] for rows in tables.codes.values() for row in rows if row["symbol"]}
    if not code:
        if BIS_LICENSE.fullmatch(number or ""):
            return "license", ""
        kind = "exception" if number in WITHOUT_A_CODE else symbols.get(number or "")
        return (kind, number or "") if kind in ("nlr", "exception") else ("doubtful", "")
    rows = tables.codes.get(code, [])
    if not rows:
        return "doubtful", ""
    kind, form = rows[-1]["kind"], rows[-1]["number_form"]
    if kind == "license":
        is_one = form and re.fullmatch(form, number or "") and not re.fullmatch("[GZ][0-9]{6}", number or "")
        return ("license" if is_one else "doubtful"), ""
    if kind == "other_agency":
        return "doubtful", ""
    own = {row["symbol"] for row in rows}
    takes_a_number = form not in own if form else kind == "exception"
    is_a_symbol = not re.search("[0-9]", number or "") or number == "DY6"
    if not number or number in own or (takes_a_number and not is_a_symbol):
        return kind, number if number in own else rows[-1]["symbol"]
    return "doubtful", ""


def is_open(terms: ExceptionTerms, line: Line, day: date, tables: Tables) -> Truth:
    """Whether an exception is open to this line; None where the record or the law does not tell."""
    if terms.closed:
        return None if terms.doubt else False
    truths: list[Truth] = []
    if terms.paragraphs:
        truths.append(any_of(_within(line.get("exception_paragraph"), one) for one in terms.paragraphs))
    if terms.destinations:
        truths.append(reaches_place(terms.destinations, line.get("destination"), day, tables))
    if terms.items:
        truths.append(reaches_item(terms.items, line.get("eccn")))
    if terms.own_terms or terms.doubt:
        truths.append(None)
    return all_of(truths)


def _within(recorded: str | None, paragraph: str) -> Truth:
    if (
        not recorded
        or not re.fullmatch(r"\d{3}\.\d+(\([a-z0-9]+\))*", recorded)
        or paragraph.startswith(recorded + "(")
    ):
        return None
    return recorded == paragraph or recorded.startswith(paragraph + "(")


def judge_claim(version: Version, line: Line, day: date, tables: Tables) -> str:
    kind, symbol = read_claim(line, tables)
    if kind == "license":
        return "clear"
    if line.get("license_code") in version.agencies and line.get("license_number"):
        return "clear"
    if kind in ("nlr", "nothing"):
        return "flagged"
    if kind != "exception":
        return "undetermined"
    terms = version.exceptions.terms.get(symbol)
    if terms is None:
        return "flagged" if version.exceptions.others == "closed" else "undetermined"
    return {True: "clear", False: "flagged", None: "undetermined"}[is_open(terms, line, day, tables)]


# -------------------------------------------------------------------------------------------------------------- verdict


def is_saved(savings: Savings, tendered_on: date | None, day: date) -> Truth:
    deadline = savings.exported_before if isinstance(savings.exported_before, date) else None
    if tendered_on is None:
        last = deadline or savings.look_until
        return None if last and day <= last else False
    if tendered_on > savings.en_route_on:
        return False
    if deadline is None or day == deadline:
        return None
    return day < deadline


def judge(control: Control, line: Line, tables: Tables) -> Answer:
    """What one control says of one line: the strictest of its paragraphs. A line out of its scope is clear."""
    return strictest([judge_versions(versions, line, tables) for versions in paragraphs_of(control).values()])


def paragraphs_of(control: Control) -> dict[str | None, tuple[Version, ...]]:
    """The versions of each paragraph, in order of date."""
    return {version.paragraph: control.beside(version) for version in control.versions}


def strictest(answers: Iterable[Answer]) -> Answer:
    return min(answers, key=lambda one: ("flagged", "undetermined", "clear").index(one.outcome) + one.is_silent / 2)


def judge_versions(versions: Sequence[Version], line: Line, tables: Tables) -> Answer:
    """What versions that follow each other say of one line."""
    day = date.fromisoformat(str(line["export_on"]))
    eccn, iso2, activity = line.get("eccn"), line.get("destination"), line.get("activity")
    version, doubts = in_force(versions, day, eccn)
    if version is None:
        return CLEAR
    item = reaches_item(version.items, eccn)
    place = reaches_place(version.destinations, iso2, day, tables)
    if version.destinations.all and (not iso2 or tables.is_home(iso2)):  # no license requirement reaches home
        place = False if iso2 else None
    if item is False or place is False:
        return CLEAR
    heading = reaches_heading(version.headings, line, str(day), tables) if version.headings else Told(truth=True)
    told = told_of(line, tables, is_eccn=is_readable(eccn))
    settled = [settles(doubt.settled_by, line, tables) if doubt.settled_by else None for doubt in doubts]
    scope = all_of(
        [
            item,
            place,
            heading.truth,
            not version.described or not told.isdisjoint(version.described),
            not version.regions or region_of(line, tables) in version.regions,
            told.isdisjoint(version.unless),
            False not in settled,
            # one of the three it was: a rule on all of them holds
            (None if len(version.activities) < 3 else True) if not activity else activity in version.activities,
        ]
    )
    if scope is False:
        return CLEAR
    outcome = judge_claim(version, line, day, tables)
    if version.governed_by or (outcome != "clear" and (scope is None or None in settled)):
        outcome = "undetermined"
    if outcome == "clear":
        return CLEAR
    is_silent = outcome == "undetermined" and (
        (not iso2 and place is None)
        or (not activity and len(version.activities) < 3)
        or (item is None and not is_readable(eccn))
    )
    return _saved(version, Answer(outcome, is_silent), heading.since, line, tables)


def _saved(version: Version, answer: Answer, listed_since: str, line: Line, tables: Tables) -> Answer:
    """What a savings clause makes of the answer."""
    savings, iso2, handed = version.savings, line.get("destination"), line.get("tendered_on")
    if not savings or (savings.newly_listed and listed_since != str(version.from_on)):
        return answer
    day = date.fromisoformat(str(line["export_on"]))
    kept_out = any_of(tables.belongs(iso2, f"country:{one}", day) if iso2 else None for one in savings.but)
    in_time = is_saved(savings, date.fromisoformat(handed) if handed else None, day)
    saved = all_of([in_time, none_of([kept_out])])
    if saved and not savings.newly_listed:  # the heading may have been on the list before
        return CLEAR
    return answer if saved is False else Answer("undetermined", answer.is_silent)

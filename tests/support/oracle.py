"""A second reading of the law: one line under one control, slow and obvious, from design.md and the tables alone.

Nothing here is shared with the engine but the model of a rule. Truth has three values: True, False, None (not known).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from tests.support.tables_oracle import Tables
from tests.support.truth import Line, Truth, all_of, any_of, none_of
from transforms.rulebook.model import Control, ExceptionTerms, Items, Places, Savings, Version

ECCN = re.compile(r"[0-9][A-E][0-9]{3}(\.([a-z]+|[0-9]+))*|EAR99")
BIS_LICENSE = re.compile(r"[A-FH-Y][0-9]{6}")


@dataclass(frozen=True)
class Answer:
    """What one rule says of one line: the outcome, and whether a field that the record lacks is what leaves it open."""

    outcome: str
    is_silent: bool = False
    missing: frozenset[str] = field(default=frozenset(), compare=False)


CLEAR, FLAGGED, UNDETERMINED = Answer("clear"), Answer("flagged"), Answer("undetermined")


# ---------------------------------------------------------------------------------------------------------------- scope


def is_readable(eccn: str | None) -> bool:
    return bool(eccn) and ECCN.fullmatch(str(eccn)) is not None


def reaches_item(items: Items, eccn: str | None) -> Truth:
    if items.all and not items.but:
        return True
    if not is_readable(eccn):
        return None
    listed = True if items.all else any_of(covers(word, str(eccn)) for word in items.eccn)
    return all_of([listed, none_of(covers(word, str(eccn)) for word in items.but)])


def covers(word: str, eccn: str) -> Truth:
    if eccn == word or eccn.startswith(word + "."):
        return True
    return None if word.startswith(eccn + ".") else False  # the record is coarser than the entry


def reaches_place(places: Places, iso2: str | None, day: date, tables: Tables) -> Truth:
    if not iso2:  # any destination will do, also one that is not recorded
        return True if places.all and not places.but else None
    named = True if places.all else _any_place(places, iso2, day, tables)
    return all_of([named, none_of([_any_place(places.but, iso2, day, tables)] if places.but else [])])


def _any_place(places: Places, iso2: str, day: date, tables: Tables) -> Truth:
    words = [f"country:{one}" for one in places.countries] + [f"group:{one}" for one in places.groups]
    words += [f"chart:{one}" for one in places.chart] + [f"list:{one}" for one in places.lists]
    return any_of(tables.belongs(iso2, word, day) for word in words)


def in_force(control: Control, day: date, eccn: str | None) -> tuple[Version | None, Truth]:
    """The version that may hold on that day, and whether it does.

    A doubt may open days outside a version's own, but never on a day that is another version's own, nor before the end
    of the version before it.
    """
    ended = [date.min, *(one.until or date.max for one in control.versions)]
    begun = [one for one, before in zip(control.versions, ended, strict=False) if before < day]
    own = [one for one in control.versions if (one.from_on or day) <= day <= (one.until or day)]
    for version in own or begun[::-1]:
        doubts = [
            doubt
            for doubt in version.doubts
            if (doubt.from_on or version.from_on or day) <= day <= (doubt.until or version.until or day)
            and (doubt.items is None or reaches_item(doubt.items, eccn) is not False)
        ]
        if own or doubts:
            return version, None if doubts else True
    return None, False


# ------------------------------------------------------------------------------------------------------------ authority


WITHOUT_A_CODE = {"ACE", "IEC", "HBM", "AIA", "ACM", "LPP", "MED"}
"""Exceptions of which no AES code is known, 15 CFR 740.22 to 740.29."""


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
        return ("license" if form and re.fullmatch(form, number or "") else "doubtful"), ""
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
    """What one control says of one line. A line out of its scope is clear."""
    day = date.fromisoformat(str(line["export_on"]))
    eccn, iso2, activity = line.get("eccn"), line.get("destination"), line.get("activity")
    version, holds = in_force(control, day, eccn)
    if version is None:
        return CLEAR
    item = reaches_item(version.items, eccn)
    place = reaches_place(version.destinations, iso2, day, tables)
    if version.destinations.all and (not iso2 or tables.is_home(iso2)):  # no license requirement reaches home
        place = False if iso2 else None
    scope = all_of(
        [
            item,
            place,
            # one of the three it was: a rule on all of them holds
            (None if len(version.activities) < 3 else True) if not activity else activity in version.activities,
        ]
    )
    if scope is False:
        return CLEAR
    outcome = judge_claim(version, line, day, tables)
    if version.governed_by or (outcome != "clear" and (scope is None or holds is None)):
        outcome = "undetermined"
    if outcome == "clear":
        return CLEAR
    is_silent = outcome == "undetermined" and (
        (not iso2 and place is None)
        or (not activity and len(version.activities) < 3)
        or (item is None and not is_readable(eccn))
    )
    if version.savings:
        handed = line.get("tendered_on")
        kept_out = any_of(tables.belongs(iso2, f"country:{one}", day) if iso2 else None for one in version.savings.but)
        in_time = is_saved(version.savings, date.fromisoformat(handed) if handed else None, day)
        saved = all_of([in_time, none_of([kept_out])])
        if saved:
            return CLEAR
        if saved is None:
            outcome = "undetermined"
    return Answer(outcome, is_silent)

"""A second reading of what authority a line claims, and whether an exception that part 746 leaves open serves it.

15 CFR 740.2(a)(6): to an embargoed destination an exception is closed unless the section of its own lists it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.support.truth import Line, Truth

CODES = {
    "C35": "LVS", "C36": "GBS", "C37": "CIV", "C38": "TSR", "C40": "TMP", "C41": "RPL", "C42": "GOV", "C43": "GFT",
    "C44": "TSU", "C45": "BAG", "C46": "AVS", "C47": "APR", "C49": "TAPS", "C50": "ENC", "C51": "AGR", "C53": "APP",
    "C57": "VEU", "C58": "CCD", "C59": "STA", "C62": "SCP", "C67": "NAC", "C68": "ACA",
}  # fmt: skip
NO_LICENSE_REQUIRED = {"C32": "NLR", "C33": "NLR", "C60": "DY6", "C63": "YFA"}
LICENSES = ("C30", "C31")
OFAC = ("T10", "T11")
WITHOUT_CODE = ("SPP", "MED", "IEC", "HBM", "AIA", "ACM", "LPP", "ACE")
"""Exceptions of which no AES code is known."""
NUMBERED = ("AGR", "NAC")
BIS_LICENSE = re.compile(r"[A-FH-Y][0-9]{6}")
PARAGRAPH = re.compile(r"[0-9]{3}\.[0-9]+(\([a-z0-9]+\))*")


class Answer(NamedTuple):
    """What a rule says of a line, and the short code of why."""

    outcome: str
    why: str


class Claim(NamedTuple):
    """The authority that a line records: license, ofac, exception, none or doubtful.

    `is_bound`: whether 740.2(a)(3), (4), (5), (8), (12) are asked what they shut of an exception.
    """

    kind: str
    why: str = ""
    symbol: str = ""
    paragraph: str | None = None
    is_bound: bool = True


class Opening(NamedTuple):
    """What a section leaves open of an exception: paragraphs, none for all of it, less those that are shut.

    `terms`: it hangs on what no record shows, so that it is never sure.
    """

    paragraphs: tuple[str, ...] = ()
    terms: bool = False
    shut: tuple[str, ...] = ()


Openings = Mapping[str, Opening]


class Item(NamedTuple):
    """What a line may be: an item on the CCL, or EAR99.

    `eccn` is empty where the record cannot be read: then only the category of one that it may be is known.
    `is_told`: whether the record can be read.
    """

    is_listed: bool
    category: str = ""
    eccn: str = ""
    is_told: bool = True


def read_claim(line: Line) -> Claim:
    code, number = line.get("license_code"), line.get("license_number")
    if not code and not number:
        return Claim("none") if code == "" and number == "" else Claim("doubtful", "authority-unknown")
    code, number = code or "", number or ""
    paragraph = line.get("exception_paragraph") or ""
    recorded = paragraph if PARAGRAPH.fullmatch(paragraph) else None
    if code in LICENSES:
        return Claim("license") if BIS_LICENSE.fullmatch(number) else Claim("doubtful", "license-form")
    if code in OFAC:
        return Claim("ofac") if re.search("[0-9]", number) else Claim("doubtful", "authority-doubtful")
    if code in NO_LICENSE_REQUIRED:
        is_own = number in ("", NO_LICENSE_REQUIRED[code])
        return Claim("none") if is_own else Claim("doubtful", "authority-doubtful")
    if code in CODES:
        symbol = CODES[code]
        is_number = symbol in NUMBERED and re.search("[0-9]", number)
        if number in ("", symbol) or is_number:
            return Claim("exception", symbol=symbol, paragraph=recorded)
        return Claim("doubtful", "authority-doubtful")
    if code:  # a code that no table has stands for what is not known, whatever is written beside it
        return Claim("doubtful", "authority-doubtful")
    if number in WITHOUT_CODE:
        return Claim("exception", symbol=number, paragraph=recorded)
    if BIS_LICENSE.fullmatch(number):
        return Claim("license")
    if number in NO_LICENSE_REQUIRED.values():
        return Claim("none")
    if number in CODES.values():
        return Claim("exception", symbol=number, paragraph=recorded)
    return Claim("doubtful", "authority-doubtful")


def serves(claim: Claim, openings: Openings) -> tuple[Truth, str]:
    """Whether an exception serves under the openings of a section, and the code of why."""
    opening = openings.get(claim.symbol)
    if opening is None:
        return False, "exception-closed"
    told = claim.paragraph
    if told and any(lies_in(told, one) for one in opening.shut):
        return False, "exception-closed"
    is_inside = not opening.paragraphs or (told is not None and any(lies_in(told, one) for one in opening.paragraphs))
    is_coarser = told is None or any(lies_in(one, told) for one in opening.paragraphs)
    if not is_inside and not is_coarser:
        return False, "exception-closed"
    if opening.terms:
        return None, "exception-terms"
    return (True, "exception-open") if is_inside else (None, "exception-paragraph")


def lies_in(paragraph: str, other: str) -> bool:
    return paragraph == other or paragraph.startswith(other + "(")


def answer_claim(claim: Claim, scope: Truth, why: str, openings: Openings, item: Item, *, is_d5: bool = True) -> Answer:
    """The answer of one requirement whose scope is sure (True), not known, or not met (False)."""
    if scope is False:
        return Answer("clear", why)
    if claim.kind == "license":
        return Answer("clear", "license")
    served: Truth = False
    reason = why
    if claim.kind == "doubtful":
        served, reason = None, claim.why
    elif claim.kind == "ofac":
        served, reason = None, "other-agency"
    elif claim.kind == "exception":
        served, reason = serves(claim, openings)
        if served and claim.is_bound and is_restricted(claim, item, is_d5=is_d5):
            served, reason = None, "exception-restricted"
    if served:
        return Answer("clear", reason)
    if scope is None:
        return Answer("undetermined", why)
    return Answer("undetermined" if served is None else "flag", reason)


def is_restricted(claim: Claim, item: Item, *, is_d5: bool) -> bool:
    """15 CFR 740.2(a)(3), (4), (5), (8), (12): whether they may shut an exception that part 746 leaves open."""
    eccn = item.eccn
    if not item.is_listed or not eccn:
        return False
    symbol, paragraph = claim.symbol, claim.paragraph or ""
    if re.match("[0-9][A-E]6|9[A-E]515", eccn) and is_d5:
        return not (symbol == "GOV" and lies_in(paragraph, "740.11(b)(2)"))
    if re.match(r"5[A-E]980|5A001(\.f(\.1(\..*)?)?)?$", eccn):
        return symbol != "GOV"
    if re.match("2[ADE]98[34]", eccn):
        return symbol not in ("RPL", "GOV", "TSU")
    return eccn[:5] in entries_of_crime_or_missiles()


@cache
def entries_of_crime_or_missiles() -> frozenset[str]:
    path = Path(__file__).parents[2] / "rules" / "ccl" / "controls.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return frozenset(row["entry"] for row in csv.DictReader(stream) if row["reason"] in ("CC", "MT"))


def strictest(answers: list[Answer]) -> Answer:
    """The strictest of the answers to several requirements, the first of its kind that says more than `not-listed`."""
    for outcome in ("flag", "undetermined", "clear"):
        found = [answer for answer in answers if answer.outcome == outcome]
        if found:
            return min(found, key=lambda one: one.why == "not-listed")
    raise AssertionError("no answer")

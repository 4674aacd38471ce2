"""Lines and rules drawn at random from short lists that hold every value the law tells apart."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from pydantic import ValidationError

from tests.support.engine import RULEBOOK
from tests.support.truth import Line
from transforms.rulebook.across import across_rule
from transforms.rulebook.model import Control
from transforms.rulebook.places import read_table

DAY = timedelta(days=1)
LEAVE_OUT_KNOWN_ERRORS = True
"""What the engine misreads is not drawn: the expected failure in tests/unit/test_decide.py. Both go together."""

PLACES = [
    None, "", "PK", "CN", "HK", "MO", "TW", "LI", "CH", "DE", "GL", "US", "ET", "KH", "SY", "IR", "KP", "CU", "IQ",
    "RU", "IN", "MT", "UA", "SD", "LB", "AE", "NI", "YE", "LR", "CY", "MX", "AU", "XK", "CA", "VE", "IL",
]  # fmt: skip
ECCNS = [
    None, "", "EAR99", "3A069", "3A069.a", "3A069.b", "3A069.a.1", "3E069", "3E069.a", "1B999", "1B999.b", "2A992",
    "2B999", "2B999.h", "2B999.h.1", "2B999.h.2", "2B999.h.2.a", "2B999.h.20", "2B999.j", "3A992", "3A999", "3A999.f",
    "6A996.a", "3A991", "3.00E+101", "3A06", "3A069/a", "EAR999", "6A996", "3A0699",
]  # fmt: skip
ACTIVITIES = [None, "", "export", "export", "export", "reexport", "in_country_transfer"]
CODES = [
    None, "", "C30", "C31", "C33", "C35", "C36", "C38", "C40", "C41", "C42", "C44", "C51", "C60", "C99", "S05", "E01",
    "OPA",
]  # fmt: skip
NUMBERS = [
    None, "", "D123456", "D12345", "A123456", "050123456", "NLR", "GBS", "LVS", "TSR", "TMP", "RPL", "GOV", "TSU",
    "DY6", "AGR", "AEA", "FOO", "AGR-2025-17", "TMP1", "SS-WRC",
]  # fmt: skip
AUTHORITIES = [
    ("C30", "D123456"), ("C33", "NLR"), ("C33", ""), ("", "NLR"), ("", ""), (None, None), ("C36", "GBS"),
    ("C35", "LVS"), ("C38", "TSR"), ("C40", "TMP"), ("C41", "RPL"), ("C42", "GOV"), ("C44", "TSU"),
]  # fmt: skip
PARAGRAPHS = [
    None, "", "740.9", "740.9(a)", "740.9(a)(1)", "740.9(a)(1)(i)", "740.9(a)(10)", "740.9(a)(2)", "740.9(b)(2)",
    "740.9(b)(20)", "740.11", "740.11(a)", "740.11(b)(2)", "740.11(c)", "740.11(d)", "740.10", "740.4", "nonsense",
]  # fmt: skip
SYMBOLS = ["GBS", "LVS", "TMP", "RPL", "GOV", "TSU", "TSR", "AGR"]


def edges(controls: Iterable[Control]) -> list[date]:
    """Every day on which a rule or a table changes, with the day before and the day after."""
    days = {date(2020, 12, 23), date(2026, 11, 20), date(1995, 1, 1), date(2050, 1, 1)}
    for name in ("country_groups.csv", "country_chart.csv"):
        for row in read_table(RULEBOOK.tables_dir / name):
            days |= {date.fromisoformat(row[end]) for end in ("from", "until") if row[end]}
    for control in controls:
        for version in control.versions:
            found = [
                version.from_on,
                version.until,
                *(end for one in version.doubts for end in (one.from_on, one.until)),
            ]
            if version.savings:
                found += [version.savings.en_route_on, version.savings.look_until, version.savings.exported_before]
            days |= {day for day in found if isinstance(day, date)}
    return sorted({day + step * DAY for day in days for step in (-1, 0, 1)})


def draw_line(rng: random.Random, days: Sequence[date]) -> Line:
    """One line; half of them in the reach of some rule's own days and with an authority that is well recorded."""
    export_on, place, eccn = rng.choice(days), rng.choice(PLACES), rng.choice(ECCNS)
    code, number = rng.choice(AUTHORITIES) if rng.random() < 0.6 else (rng.choice(CODES), rng.choice(NUMBERS))
    handed = rng.choice([None, "", export_on, export_on - DAY, rng.choice(days), rng.choice(days)])
    return {
        "export_on": str(export_on),
        "tendered_on": str(handed) if handed else handed,
        "eccn": eccn,
        "destination": place,
        "activity": rng.choice(ACTIVITIES),
        "license_code": code,
        "license_number": number,
        "exception_paragraph": rng.choice(PARAGRAPHS),
    }


def draw_lines(rng: random.Random, count: int, controls: Sequence[Control]) -> list[Line]:
    """Lines on the days at which some rule or table changes, the days of the rules more often."""
    days = edges(controls)
    near = [day for day in days if date(2024, 11, 1) <= day <= date(2026, 11, 21)]
    return [draw_line(rng, near if rng.random() < 0.8 else days) for _ in range(count)]


# --------------------------------------------------------------------------------------------------------------- rules


def draw_controls(rng: random.Random, count: int) -> list[Control]:
    """Rules that the loader takes, of forms that the shipped ones may not have."""
    found: list[Control] = []
    while len(found) < count:
        written = {
            "id": f"drawn-{len(found)}", "title": "Drawn", "reason": "RS", "remedy": "Ask", "versions": _versions(rng),
        }  # fmt: skip
        if any(True for _ in across_rule(written)):
            continue
        try:
            found.append(Control.model_validate(written, by_alias=True, by_name=False))
        except ValidationError:
            continue
    return found


def _versions(rng: random.Random) -> list[dict[str, object]]:
    days = sorted(date(2024, 11, 25) + rng.randrange(600) * DAY for _ in range(3))
    two, has_gap = rng.random() < 0.4, rng.random() < 0.5
    follows = days[1] + (rng.randrange(2, 120) if has_gap else 1) * DAY
    first = {"from": str(days[0]), **_version(rng)} | ({"until": str(days[1])} if two or rng.random() < 0.3 else {})
    if two and has_gap:
        first.pop("doubt", None)  # which of two versions in doubt speaks for the days between them is not settled
    return [first, {"from": str(follows), **_version(rng)}] if two else [first]


def _version(rng: random.Random) -> dict[str, object]:
    version: dict[str, object] = {
        "authority": ["90 FR 1"],
        "activities": rng.sample(["export", "reexport", "in_country_transfer"], rng.randint(1, 3)),
        "items": _items(rng),
        "destinations": _places(rng),
        "exceptions": {"others": rng.choice(["closed", "own_terms"])}
        | {symbol: _terms(rng) for symbol in rng.sample(SYMBOLS, rng.randint(0, 4))},
    }
    if rng.random() < 0.5:
        version["savings"] = _savings(rng)
    if rng.random() < 0.5:
        version["doubt"] = [_doubt(rng) for _ in range(rng.randint(1, 2))]
    return version


def _items(rng: random.Random) -> dict[str, object]:
    if rng.random() < 0.15:
        return {"all": "true"}
    if rng.random() < 0.1:
        return {"all": "true", "except": rng.sample(["EAR99", "2B999.h.2", "3A999"], 2)}
    listed = rng.sample(["3A069", "3A069.a", "2B999", "2B999.h", "3A999", "EAR99", "1B999", "3E069"], rng.randint(1, 4))
    below = [
        one for one in ("2B999.h.2", "3A069.a.1", "2B999.h", "3A069.b") if any(one.startswith(w + ".") for w in listed)
    ]
    return {"eccn": listed} | ({"except": below[: rng.randint(1, 2)]} if below and rng.random() < 0.5 else {})


def _places(rng: random.Random) -> dict[str, object]:
    words: dict[str, object] = {"all": "true"} if rng.random() < 0.2 else _words(rng)
    return words | ({"except": _words(rng)} if rng.random() < 0.4 else {})


def _words(rng: random.Random) -> dict[str, object]:
    kinds = rng.sample(["countries", "groups", "chart"], rng.randint(1, 2))
    values = {
        "countries": ["PK", "CN", "HK", "MO", "CH", "KH", "IQ", "SY"],
        "groups": ["B", "D", "D:1", "D:5", "E:1", "A:1", "E"],
        "chart": ["NS2", "RS1", "CC2", "NP2"],
    }
    return {kind: rng.sample(values[kind], rng.randint(1, 3)) for kind in kinds}


def _terms(rng: random.Random) -> object:
    if rng.random() < 0.3:
        return rng.choice(["closed", "own_terms"])
    terms: dict[str, object] = {}
    if rng.random() < 0.4:
        terms["paragraphs"] = rng.sample(["740.9(a)(1)", "740.9(a)", "740.9(b)(2)", "740.11(a)", "740.10"], 2)
    if rng.random() < 0.4:
        terms["destinations"] = _places(rng)
    if rng.random() < 0.3:
        terms["items"] = _items(rng)
    if rng.random() < 0.2:
        terms["own_terms"] = "true"
    return terms | ({"doubt": "It is in doubt"} if rng.random() < 0.2 or not terms else {})


def _savings(rng: random.Random) -> dict[str, object]:
    start = date(2024, 12, 26) + rng.randrange(300) * DAY
    end = str(start + rng.randrange(60) * DAY)
    known = {"exported_before": end} if rng.random() < 0.5 else {"exported_before": "unknown", "look_until": end}
    but = (
        {"except": rng.sample(["PK", "IQ", "KH", "MO"], 2)} if not LEAVE_OUT_KNOWN_ERRORS and rng.random() < 0.3 else {}
    )
    return {"en_route_on": str(start), **known, **but}


def _doubt(rng: random.Random) -> dict[str, object]:
    start = date(2024, 11, 1) + rng.randrange(600) * DAY
    doubt: dict[str, object] = {"because": "It is in doubt"}
    doubt |= {"from": str(start)} if rng.random() < 0.7 else {}
    doubt |= {"until": str(start + rng.randrange(200) * DAY)} if rng.random() < 0.7 else {}
    items = {"eccn": _items(rng).get("eccn", ["EAR99"])}  # the loader refuses all and except in a doubt
    return doubt | ({"items": items} if rng.random() < 0.3 else {})

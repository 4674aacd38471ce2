"""Lines drawn at random from the entries, paragraphs, days and places that the Commerce Control List tells apart."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.support.ccl_oracle import Ccl
from tests.support.item_facts_oracle import facts_of
from tests.support.truth import Line

PLACES = [
    "CN", "HK", "MO", "TW", "LI", "CH", "DE", "GL", "US", "PR", "KH", "SY", "IR", "KP", "CU", "IQ", "RU", "BY", "IN",
    "MT", "UA", "SD", "LB", "AE", "NI", "YE", "LR", "CY", "MX", "AU", "GB", "XK", "CA", "VE", "IL", "KR", "SE", "JP",
    "PK", "TR", "ZA", "EG",
]  # fmt: skip
AUTHORITIES = [
    *[("C33", "NLR")] * 4, ("C30", "D123456"), ("C36", "GBS"), *[("C35", "LVS")] * 2, ("C38", "TSR"), ("C40", "TMP"),
    ("C41", "RPL"), ("C42", "GOV"), ("C44", "TSU"), ("C59", "STA"), ("C50", "ENC"), ("C53", "APP"), ("C37", "CIV"),
    ("C47", "APR"), ("C67", "A123456"), ("C45", "BAG"), ("", ""), ("C99", "X"), ("", "IEC"), ("", "ACE"), ("", "LPP"),
]  # fmt: skip
_LIMITS = (200, 500, 1000, 1500, 2000, 3000, 5000, 6000)
_ALSO = ("2020-06-29", "2023-12-08", "2024-04-19", "2024-05-30")


def draw_ccl_lines(rng: random.Random, count: int, ccl: Ccl) -> list[Line]:
    """Return lines of entries with rows; each has a readable ECCN, a destination and an activity.

    Of one in three the item master says something: `item_facts`, which is also the part.
    """
    entries = sorted(ccl.controls)
    words = {entry: _words(ccl, entry) for entry in entries}
    facts = {entry: facts_of(ccl.controls[entry]) for entry in entries}
    days = _days(ccl)
    chosen = [rng.choice(entries) for _ in range(count)]
    for number in range(1, count, 10):
        chosen[number] = chosen[number - 1]
    lines = [_draw(rng, words[entry], days) | _draw_facts(rng, facts[entry]) for entry in chosen]
    return [line | order for line, order in zip(lines, _draw_orders(rng, lines), strict=True)]


def _draw_orders(rng: random.Random, lines: list[Line]) -> list[Line]:
    """Values near the limits of LVS; now and then several lines of one order, or of one shipment without an order."""
    found: list[Line] = []
    for number, line in enumerate(lines):
        value = rng.choice(_LIMITS) * rng.choice([0.1, 0.9, 0.9, 1, 1, 1.1, 1.1, 3]) + rng.choice([0, 0.01, -0.01])
        order = {
            "value_usd": f"{value:.2f}" if rng.random() < 0.95 else "",
            "shipment_id": f"S{number}",
            "order_number": f"O{number}" if rng.random() < 0.6 else "",
        }
        if (found and line["eccn"][:5] == lines[number - 1]["eccn"][:5]) or rng.random() < 0.05:
            order |= {name: found[-1][name] for name in ("shipment_id", "order_number")} if found else {}
        found.append(order)
    return found


def _draw_facts(rng: random.Random, known: list[str]) -> Line:
    if not known or rng.random() < 0.67:
        return {}
    drawn = set(rng.choices(known, k=rng.choice([1, 1, 2, 3])))
    said = "; ".join(sorted(one for one in drawn if one.removeprefix("not ") not in drawn - {one}))  # none denied
    return {"item_facts": said, "part_number": said}


def _draw(rng: random.Random, words: list[str], days: list[date]) -> dict[str, str | None]:
    eccn = rng.choice(words)
    if rng.random() < 0.15:
        eccn += ".a"
    if rng.random() < 0.1:
        eccn = eccn.rsplit(".", 1)[0]
    code, number = rng.choice(AUTHORITIES)
    return {
        "export_on": str(rng.choice(days)),
        "tendered_on": None,
        "eccn": eccn,
        "destination": rng.choice(PLACES),
        "activity": rng.choice(["export", "export", "export", "reexport", "in_country_transfer"]),
        "license_code": code,
        "license_number": number,
    }


def _words(ccl: Ccl, entry: str) -> list[str]:
    found = [entry]
    for row in (*ccl.controls[entry], *ccl.exceptions[entry]):
        for column in ("paragraphs", "except", "doubted"):
            found += row.get(column, "").split()
    return found


def _days(ccl: Ccl) -> list[date]:
    """Every day on which a row begins or ends, with the day before and the day after."""
    ends = {row[end] for rows in ccl.controls.values() for row in rows for end in ("from", "until") if row[end]}
    return [date.fromisoformat(day) + timedelta(days=step) for day in sorted({*ends, *_ALSO}) for step in (-1, 0, 1)]

"""Lines drawn at random to the destinations of part 746, at the edges of its waves, supplements and exceptions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from tests.support.oracle_746 import ECCN
from tests.support.oracle_746_hts import NOT_LISTED, SAVINGS, WHOLE, read_listings
from tests.support.truth import Line

PLACES = ["RU"] * 6 + ["BY"] * 4 + ["UA"] * 3 + ["CU", "IR", "KP", "KP", "SY", "SY"]
WAVES = [
    "2022-02-24", "2022-03-02", "2022-03-03", "2022-03-11", "2022-04-08", "2022-05-09", "2022-09-15", "2023-02-24",
    "2023-05-19", "2024-01-23", "2024-04-18", "2024-04-29", "2024-06-12", "2024-08-27", "2024-09-16", "2024-11-01",
    "2025-09-02", "2026-08-24", "2026-09-25",
]  # fmt: skip
PLAIN_DAYS = ["2020-01-01", "2021-07-01", "2022-06-15", "2023-01-10", "2023-10-02", "2025-03-03", "2026-11-20"]
ECCNS = [
    *["EAR99"] * 60, *[None, ""] * 3, "NLR", "3A", "3A0011", "USML XI",
    "0A501.a", "0A998", "0A503", "0A606.b", "1A995", "1B999", "1C350.b", "1C351.a", "1C992", "2A983", "2B350.g",
    "2B999", "2B999.h.2", "2B001", "3A001", "3A001.a.2", "3A229", "3A231", "3A232", "3A233", "3A611.x", "3A991",
    "3A992", "3A999", "3E001", "4A003", "4A994", "5A002", "5A002.a", "5A980", "5A991", "5A991.b", "5A992", "5A992.c",
    "5A992.a", "5D002", "5D992", "5D992.c", "5A001.f.1", "6A003", "6A991", "6A996", "7A103", "7A994", "8A992", "8D999",
    "9A004", "9A004.r", "9A515.x", "9A610.x", "9A991", "3A123",
]  # fmt: skip
SYMBOLS = {
    "LVS": "C35", "GBS": "C36", "CIV": "C37", "TSR": "C38", "TMP": "C40", "RPL": "C41", "GOV": "C42", "GFT": "C43",
    "TSU": "C44", "BAG": "C45", "AVS": "C46", "APR": "C47", "ENC": "C50", "AGR": "C51", "APP": "C53", "CCD": "C58",
    "STA": "C59", "SCP": "C62", "NAC": "C67", "ACA": "C68", "SPP": "", "MED": "",
}  # fmt: skip
PARAGRAPHS = {
    "TMP": ["740.9(a)(9)", "740.9(a)(1)", "740.9(a)", "740.9(a)(3)", "740.9(a)(11)(ii)", "740.9(b)(1)(iv)"],
    "GOV": [
        "740.11", "740.11(a)", "740.11(b)", "740.11(b)(1)", "740.11(b)(2)", "740.11(b)(2)(ii)", "740.11(c)",
        "740.11(d)", "740.11(e)",
    ],
    "TSU": ["740.13(a)", "740.13(b)", "740.13(c)", "740.13(d)", "740.13(g)"],
    "BAG": ["740.14", "740.14(a)", "740.14(d)", "740.14(e)"],
    "AVS": ["740.15(a)", "740.15(a)(4)", "740.15(b)", "740.15(d)", "740.15(e)"],
    "RPL": ["740.10(a)", "740.10(b)"],
    "APR": ["740.16(a)", "740.16(h)"],
    "ENC": ["740.17(b)(1)", "740.13(c)"],
    "SPP": ["740.5"],
    "MED": ["740.23"],
    "GFT": ["740.12(a)"],
}  # fmt: skip
AUTHORITIES = [
    *[("C33", "NLR")] * 8, ("C33", ""), ("C33", "D123456"), ("C60", "DY6"), ("C30", "D123456"), ("C30", "G123456"),
    ("C30", ""), ("T10", "IA-2024-12345"), ("T11", "31 CFR 560.530"), ("T10", ""), ("S00", "126.4"), ("C99", "X"),
    ("", ""), (None, None), ("", "NLR"), ("", "D123456"), ("C40", "RPL"), ("C51", "AGR12345"),
]  # fmt: skip
UNREAD = [
    None, "", "84", "8471", "12345", "090411000", "847130010", "UNKNOWN", "00123456", "7700000000", "980110",
    "9801100000",
]  # fmt: skip
NOT_IN_ANY = [
    "610910", "481910", "851712", "8517120050", "847150", "881120", "870990", "860899", "720199", "732090",
    "250199", "270100", "8807305000", "300490", "3004909290", "300215", "290911", "382219", "350790", "280700",
]  # fmt: skip
FOODS = ["020130", "0901110000", "100199", "170199", "220710", "230910", "2501000000", "240220", "300420", "330210"]
DESCRIPTIONS = [
    None, "", "T-shirt", "Wool blanket", "Steel bolts", "Acetone, 99.5 %", "Cell culture media",
    "Gas chromatograph", "PCR thermal cycler", "Vacuum pump", "CAD software license", "ERP system", "Coffee beans",
]  # fmt: skip
REGIONS = [
    None, "", "-", "Kyiv", "Lviv", "UA-43", "Crimea", "Autonomous Republic of Crimea", "Sevastopol", "Donetsk", "UA-14",
    "Luhansk oblast", "DNR", "Donetsk People's Republic", "LNR", "Kherson", "Zaporizhzhia",
]  # fmt: skip
ITEM_FACTS = [
    *[None] * 14, "", "food", "medicine", "not food; not medicine", "not food", "not medicine",
    "listed in Supp. 6 to part 746", "not listed in Supp. 6 to part 746", "not food; medicine",
]  # fmt: skip


def draw_746_lines(rng: random.Random, count: int) -> list[Line]:
    """Return lines of all the columns that the oracle reads."""
    days, codes = _days(), _codes()
    return [_draw(rng, days, codes) for _ in range(count)]


def _draw(rng: random.Random, days: Sequence[str], codes: dict[str, list[str]]) -> dict[str, str | None]:
    export_on = rng.choice(days)
    code, number, paragraph = _draw_authority(rng)
    schedule_b, price = _draw_number(rng, codes)
    eccn = rng.choice(ECCNS)
    return {
        "export_on": export_on,
        "tendered_on": _draw_tender(rng, export_on),
        "destination": rng.choice(PLACES),
        "destination_region": rng.choice(REGIONS),
        "activity": rng.choice(["export"] * 6 + ["reexport", "in_country_transfer", None, ""]),
        "form": rng.choice(["tangible"] * 6 + ["intangible", None]),
        "eccn": eccn,
        "schedule_b": schedule_b,
        "description": rng.choice(DESCRIPTIONS),
        **_draw_amounts(rng, price),
        "license_code": code,
        "license_number": number,
        "exception_paragraph": paragraph,
        "item_facts": _draw_facts(rng, eccn),
    }


def _draw_facts(rng: random.Random, eccn: str | None) -> str | None:
    """What the item master says; of Supplement 6, which is of EAR99 items, only where no ECCN is against it."""
    said = rng.choice(ITEM_FACTS)
    return None if said and "Supp. 6" in said and ECCN.fullmatch(eccn or "") else said


def _draw_authority(rng: random.Random) -> tuple[str | None, str | None, str | None]:
    if rng.random() < 0.5:
        return *rng.choice(AUTHORITIES), None
    symbol, code = rng.choice(sorted(SYMBOLS.items()))
    told = rng.choice([None, "", "740.1(a)(2)", "news media", *PARAGRAPHS.get(symbol, []) * 3])
    return rng.choice([code, code, code, ""]) or rng.choice(["", "C99"]), symbol, told


def _draw_number(rng: random.Random, codes: dict[str, list[str]]) -> tuple[str | None, float]:
    """A Schedule B number of 6, 8 or 10 digits, and the price floor it has, if any."""
    kind = rng.choice(["2", "4", "4", "5", "5", "7", "floor", "whole", "unread", "none", "food"])
    listings = read_listings()["5"]
    if kind == "unread":
        return rng.choice(UNREAD), 0
    hs6 = rng.choice(codes[kind])
    tail = "" if len(hs6) > 6 else rng.choice(["", "00", "9000", "0050"])
    found = listings.get(hs6[:6])
    return hs6 + tail, float(found.floor) if found and found.floor else 0


def _draw_amounts(rng: random.Random, floor: float) -> dict[str, str | None]:
    quantity = rng.choice([1, 1, 2, 10, 100])
    price = (floor or 300) * rng.choice([0.1, 0.49, 0.5, 0.51, 1, 1.99, 2, 2.01, 20])
    return {
        "quantity": rng.choice([str(quantity)] * 8 + [None, "0"]),
        "uom": rng.choice(["PCS"] * 6 + ["NO", "DOZ", "KG", None]),
        "value_usd": rng.choice([f"{price * quantity:.2f}"] * 8 + [None, "0"]),
    }


def _draw_tender(rng: random.Random, export_on: str) -> str | None:
    day = date.fromisoformat(export_on)
    earlier = [day - timedelta(days=one) for one in (0, 0, 1, 5, 40)]
    waves = [day for wave in SAVINGS if (day := date.fromisoformat(wave)) <= date.fromisoformat(export_on)]
    return rng.choice([None, None, *(str(one) for one in [*earlier, *waves[-1:]])])


def _days() -> list[str]:
    """Each wave's day before, day of and days after; the ends of what its savings clause may save."""
    found = {date.fromisoformat(wave) + timedelta(days=step) for wave in WAVES for step in (-1, 0, 1, 45)}
    found |= {date.fromisoformat(span.look) + timedelta(days=step) for span in SAVINGS.values() for step in (-1, 0, 1)}
    return [*sorted(str(one) for one in found), *PLAIN_DAYS * 4]


def _codes() -> dict[str, list[str]]:
    listings = read_listings()
    return {
        **{supplement: sorted(rows) for supplement, rows in listings.items()},
        "floor": sorted(code for code, one in listings["5"].items() if one.floor),
        "whole": [f"{chapter}{rest}" for chapter in WHOLE for rest in ("7190", "0199", "9911")],
        "none": [*NOT_IN_ANY, *sorted(NOT_LISTED)],
        "food": FOODS,
    }

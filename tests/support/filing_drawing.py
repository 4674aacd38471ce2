"""Homes drawn at random: lines of a few shipments that share, or all but share, what makes a filing due."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tests.support.drawing import DAY, PARAGRAPHS, edges
from tests.support.engine import RULEBOOK
from tests.support.readable import read_usppi
from tests.support.truth import Line

VALUES = [
    "2500", "2500.00", "2500.01", "2499.99", "1250", "1250.01", "1300", "1200", "833.33", "833.34", "900", "625",
    "625.01", "0", "0.01", "3000", "50000", "1,300.00", "-1200", "0.00", "", None,
]  # fmt: skip
ECCNS = [
    None, "", "EAR99", "EAR99", "EAR99", "9A610", "9A610.x", "9A610.y", "9A610.y.1", "9A515", "9A515.d", "9A515.y",
    "0A501", "0A501.a", "0A501.c", "0A502.d", "0A505", "0A505.a", "0A505.c", "0A506", "0A507.a", "0A508", "3A069",
    "3A069.a", "3E069", "1B999", "2B999", "2B999.h.2", "3A999", "3A992", "5D992", "9E610.a", "9.00E+610", "6A996",
]  # fmt: skip
PLACES = [
    "DE", "DE", "MX", "CA", "CA", "CN", "HK", "MO", "RU", "VE", "IR", "CU", "KP", "SY", "SD", "PK", "IQ", "MT", "KH",
    "AU", "GB", "PR", "VI", "GU", "MP", "US", "TW", "AE", "", None,
]  # fmt: skip
AUTHORITIES = [
    ("C33", "NLR"), ("C33", "NLR"), ("C33", "NLR"), ("C33", ""), ("", ""), (None, None), ("", "NLR"), (None, "NLR"),
    ("C30", "D123456"), ("C30", ""), ("", "D123456"), (None, "D123456"), ("C31", ""), ("C59", "STA"), ("C57", "VEU"),
    ("C40", "TMP"), ("C41", "RPL"), ("C44", "TSU"), ("C42", "GOV"), ("C45", "BAG"), ("C60", "DY6"), ("OPA", ""),
    ("S00", ""), ("SCA", ""), ("T12", ""), ("T11", ""), ("S05", "050123456"), ("C33", "STA"),
]  # fmt: skip
ITNS = [
    "X20250301987654", "AES X20250301987654", "x20250301987654", "AES X20250301987654 SS", "X2025030198765",
    "AESPOST 12345678912 <day>", "AESPOST 12345678912-987654321 <day>", "AESDOWN 123456789 <day>",
    "aespost 12345678912 <day>", "AESPOST 12345678912 01/01/2025", "AESPOST 12345678912-987654321 01/01/2025",
    "AESDOWN 123456789 01/01/2025", "AESPOST 12345678912 02/30/2025", "AESDOWN 123456789 13/01/2025",
    "AESPOST 01/01/2025", "AESPOST <day>", "AESPOST 12345678912", "AESDOWN 123456789 3/3/2025", "PENDING", None,
]  # fmt: skip
LEGENDS = [
    "NOEEI 30.37(a)", "NOEEI 30.36", "NOEEI 30.37(b)", "noeei § 30.37 (B)", "30.37(q)", "NOEEI 30.37(x)", "30.37(y)",
    "NOEEI 30.37(y)(3)", "30.37(y)(7)", "NOEEI 30.37(e)", "30.37", "NOEEI 30.38", "NOEEI 30.39", "30.40(a)", "30.40",
    "30.40(d)", "30.2(d)(1)", "30.2(d)(3)", "30.2(d)(4)", "30.2(d)(2)", "30.8(b)", "LOW", "EXEMPT",
    "AES X20250301987654 SS", "X20250301987654", "AESPOST 12345678912 <day>", "AESDOWN 123456789 <day>",
    "AESPOST 12345678912 01/01/2025", "AESDOWN 123456789 01/01/2025", "AESDOWN 123456789 00/00/2025", "AESPOST <day>",
    None,
]  # fmt: skip
COMMON = {
    "usppi_id": ["12345678912", "12345678912", "12-345678912", "123456789", "12-3456789 00", "98765432100"],
    "usppi_name": ["Sample Instruments Inc", "SAMPLE INSTRUMENTS, INC.", "Other Exporter Inc"],
    "consignee_name": ["Acme Co., Ltd.", "ACME CO LTD", "acme co. ltd", "Acme Co; Ltd", "Beispiel AG"],
    "conveyance": ["LH 401", "lh-401", "LH401", "LH 403"],
    "schedule_b": ["9027500000", "9027.50.0000", "9027-50-0000", "9027890000", "7102310000"],
    "origin_df": ["D", "d", "F", "US", "DE", "Germany"],
}
UNREADABLE: Mapping[str, Sequence[str | None]] = {
    "usppi_id": ["", None, "12345678", "TBD"],
    "usppi_name": ["", None, "N/A"],
    "consignee_name": ["", None, "Various", "t.b.d."],
    "conveyance": ["", None, "?", "TBA", "0"],
    "schedule_b": ["", None, "7102.31", "902750000", "90275000", "9.03E+09", "0027500000", "TBD"],
    "origin_df": ["", None, "PR", "X", "unknown"],
}
"""What the same columns hold where they say nothing: for the low-value test the same as a blank."""
RARE: Mapping[str, Sequence[str | None]] = {
    "eccn": ECCNS,
    "destination": PLACES,
    "activity": ["reexport", "in_country_transfer", "", None],
    "form": ["intangible", "", None],
    "itn": ITNS,
    "eei_exemption": LEGENDS,
    "exception_paragraph": PARAGRAPHS,
    "intermediate_country": ["CA", "AU", "GB", "NL", ""],
    "consignee_country": ["CA", "FR", "DE", "US", ""],
    "end_user_country": ["CA", "FR", "DE", "US", ""],
    "shipped_from": ["US", "PR", "VI", "GU", "AS", "MP", "UM", None],
}
CONTROLLED = [("3A069", "MT"), ("3A992", "PK"), ("3A069", "KH"), ("3E069", "CN"), ("2B999", "IQ"), ("3A069", "CN")]

NAME_OF = {"123456789": "Sample Instruments Inc", "987654321": "Other Exporter Inc"}
"""One name for each number: a number that cannot be read leaves the name, and another name is another USPPI."""


def draw_homes(rng: random.Random, count: int) -> list[list[Line]]:
    """Homes of 1 to 30 lines each: of quiet goods whose value decides, or of goods that are due for another reason."""
    days = edges([*RULEBOOK.controls]) + _edges_of_provisions() * 3
    near = [day for day in days if day >= date(2019, 1, 1)]
    return [
        _home(rng, rng.choice(near if rng.random() < 0.9 else days), rng.choice((0.0, 0.03, 0.15, 0.5)))
        for _ in range(count)
    ]


def _edges_of_provisions() -> list[date]:
    found = {date(2020, 12, 23), date(2025, 2, 17), date(2025, 2, 18), date(2025, 2, 19)}
    for provision in RULEBOOK.provisions:
        for one in provision.versions:
            found |= {day for part in (one, *one.doubts) for day in (part.from_on, part.until) if day}
    return sorted({day + step * DAY for day in found for step in (-1, 0, 1)})


def _home(rng: random.Random, day: date, strangeness: float) -> list[Line]:
    common: dict[str, list[str | None]] = {}
    for name, values in COMMON.items():
        drawn = rng.sample([*values, *UNREADABLE[name]], rng.randint(1, 3))
        is_read = rng.random() < 0.7
        common[name] = [one for one in drawn if not is_read or one not in UNREADABLE[name]] or [values[0]]
    eccn, place = rng.choice(CONTROLLED) if rng.random() < 0.3 else (rng.choice(ECCNS), rng.choice(PLACES))
    shipments = [f"S{number}" for number in range(rng.randint(1, 4))]
    usual = {"eccn": eccn, "destination": place} if rng.random() < 0.7 else {"eccn": "EAR99", "destination": "DE"}
    authorities = rng.sample(AUTHORITIES, 2) if rng.random() < 0.5 else AUTHORITIES[:1]
    left = rng.choice(RARE["shipped_from"]) if rng.random() < 0.15 else ""
    days = [day, day, day, day + timedelta(rng.choice((0, 1)))]
    values = VALUES if rng.random() < 0.5 else VALUES[3:13]
    lines: list[Line] = []
    for _ in range(rng.choice((1, 2, 3, 5, 8, 15, 30))):
        export_on = rng.choice(days)
        code, number = rng.choice(authorities)
        handed = rng.choice([None, "", export_on, export_on - DAY, date(2025, 1, 16), date(2025, 1, 17)])
        line: dict[str, str | None] = {
            "shipment_id": rng.choice(shipments),
            "export_on": str(export_on),
            "tendered_on": str(handed) if handed else handed,
            "activity": "export",
            "form": "tangible",
            "license_code": code,
            "license_number": number,
            "exception_paragraph": "",
            "itn": "",
            "eei_exemption": "",
            "value_usd": rng.choice(values),
            "intermediate_country": "",
            "consignee_country": "",
            "end_user_country": "",
            "shipped_from": left,
            **usual,
        }
        line |= {name: rng.choice(drawn) for name, drawn in common.items()}
        line |= {name: rng.choice(drawn) for name, drawn in RARE.items() if rng.random() < strangeness}
        line["usppi_name"] = NAME_OF.get(read_usppi(line["usppi_id"]), line["usppi_name"])
        if rng.random() < strangeness / 2:
            line["license_code"], line["license_number"] = rng.choice(AUTHORITIES)
        for name in ("itn", "eei_exemption"):
            line[name] = line[name] and line[name].replace("<day>", f"{export_on:%m/%d/%Y}")
        lines.append(line)
    return lines

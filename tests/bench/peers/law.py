"""Eight license rules and the low-value test, as one who writes them per line would note them, for all peers alike.

Which countries a rule reaches is read from the tables of the rulebook, as they stand from 2024-07-01 to 2025-06-30,
in which nothing of it changes. Explanations, missing facts, folded names and everything else are left out.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TABLES = Path(__file__).resolve().parents[3] / "rules" / "tables"
SEEN_ON = "2025-01-01"
NEEDED = ("shipment_id", "line_number", "export_on", "tendered_on", "activity", "form", "usppi_id", "consignee_name",
          "destination", "eccn", "schedule_b", "origin_df", "value_usd", "license_code", "license_number",
          "exception_paragraph", "itn", "eei_exemption", "conveyance")  # fmt: skip
GROUP = ("usppi_id", "consignee_name", "destination", "conveyance", "export_on", "schedule_b", "origin_df")
"""What makes a shipment of one Schedule B number: 15 CFR 30.37(a)."""
LIMIT_USD = 2500
"""Canada is left out of the test: 15 CFR 30.36 exempts what goes there, whatever it is worth."""
SYMBOLS = {"C35": "LVS", "C36": "GBS", "C37": "CIV", "C38": "TSR", "C40": "TMP", "C41": "RPL", "C42": "GOV",
           "C44": "TSU", "C45": "BAG", "C46": "AVS", "C53": "APP"}  # fmt: skip
LICENSE_NUMBER, ITN = re.compile(r"[A-Z]\d{6}"), re.compile(r"X\d{14}")


def _group(name: str, *, in_doubt: bool = False) -> frozenset[str]:
    with (TABLES / "country_groups.csv").open(encoding="utf-8", newline="") as stream:
        return frozenset(
            row["iso2"] for row in csv.DictReader(stream)
            if row["group"] == name and bool(row["doubt"]) == in_doubt
            and row["from"] <= SEEN_ON <= (row["until"] or "9999-12-31")
        )  # fmt: skip


def _chart(column: str) -> tuple[frozenset[str], frozenset[str]]:
    """The countries with a mark in a column of the Commerce Country Chart, and those that have no row in it."""
    with (TABLES / "country_chart.csv").open(encoding="utf-8", newline="") as stream:
        marks = [(row["iso2"], row[column] == "X") for row in csv.DictReader(stream)]
    with (TABLES / "country_names.csv").open(encoding="utf-8", newline="") as stream:
        every = {row["iso2"] for row in csv.DictReader(stream)}
    return frozenset(iso for iso, has in marks if has), frozenset(every - {iso for iso, _ in marks})


EMBARGOED = frozenset({"CU", "IR", "KP", "SY"})
D5, D5_IN_DOUBT = _group("D:5") | {"HK"}, _group("D:5", in_doubt=True)  # Hong Kong is China: 85 FR 83765
MARKED, WITHOUT_ROW = _chart("NS2")
NS2 = MARKED | {"HK"}
NS2_IN_DOUBT = EMBARGOED | WITHOUT_ROW - {"HK", "US", "PR", "GU", "VI", "AS", "MP", "UM"}
WITHIN_B = _group("B") - {"IQ", "MO", "PK", "SD", "UA"} - D5 - D5_IN_DOUBT


def claim(code: str, number: str, paragraph: str, destination: str) -> str:
    """Under which authority a line went; of GBS and TSR also whether the destination is one that they are open to."""
    if code == "C30":
        return "license" if LICENSE_NUMBER.fullmatch(number) else "unknown"
    if code == "C33":
        return "nlr" if number in ("", "NLR") else "unknown"
    symbol = SYMBOLS.get(code)
    if symbol is None or number not in ("", symbol):
        return "unknown"
    if symbol in ("GBS", "TSR"):
        return symbol if destination in WITHIN_B else f"{symbol} elsewhere"
    return f"{symbol} {paragraph}".strip()


PARAGRAPHS = {
    "TMP": [*(f"740.9(a)({at})" for at in range(1, 15)), *(f"740.9(b)({at})" for at in range(1, 6))],
    "RPL": ["740.10(a)", "740.10(b)"], "GOV": [f"740.11({letter})" for letter in "abcd"],
    "TSU": ["740.13(a)", "740.13(c)"], "BAG": ["740.14"], "AVS": ["740.15(a)", "740.15(b)"], "APP": ["740.7"],
}  # fmt: skip
CLAIMS = ("license", "nlr", "unknown", "GBS", "GBS elsewhere", "TSR", "TSR elsewhere", "LVS", "CIV", *PARAGRAPHS,
          *(f"{symbol} {one}" for symbol, ones in PARAGRAPHS.items() for one in ones))  # fmt: skip


@dataclass(frozen=True)
class Control:
    """A license rule: whom it reaches, which authorities clear it or leave it open, and when it is in doubt."""

    id: str
    places: frozenset[str]
    items: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    activities: tuple[str, ...] = ("export", "reexport", "in_country_transfer")
    first: date = date(1900, 1, 1)
    clear: frozenset[str] = frozenset({"license"})
    open: frozenset[str] = frozenset({"unknown"})
    places_in_doubt: frozenset[str] = frozenset()
    doubt_until: date = date(1900, 1, 1)
    """Up to this day it is not known whether the rule holds, of `items_in_doubt` or all."""
    items_in_doubt: tuple[str, ...] = ()
    en_route_on: date | None = None
    """What was handed over up to this day goes under the law before, if it is exported before `exported_before`."""
    exported_before: date | None = None
    not_saved: tuple[str, ...] = ()

    @property
    def flagged(self) -> frozenset[str]:
        return frozenset(CLAIMS) - self.clear - self.open


def _of(*symbols: str, but: tuple[str, ...] = ()) -> frozenset[str]:
    return frozenset(one for one in CLAIMS if one.split()[0] in symbols and one not in but)


def _all_but(*symbols: str) -> frozenset[str]:
    """Every exception, open on its own terms, but for those that are closed."""
    return frozenset(one for one in CLAIMS if one.split()[0] not in (*symbols, "license", "nlr")) | {"unknown"}


BOTH = ("export", "reexport")
LICENSE = frozenset({"license"})
OPEN_IN_PAKISTAN = frozenset(
    {f"TMP 740.9{at}" for at in ("(a)(1)", "(a)(4)", "(a)(5)", "(a)(10)", "(b)(2)", "(b)(3)")}
    | {f"GOV 740.11({letter})" for letter in "abd"}
)
OPEN_IN_CUBA = frozenset(
    {"TMP 740.9(a)(9)", "RPL 740.10(a)", "TSU 740.13(a)", "TSU 740.13(c)", "AVS 740.15(a)", "AVS 740.15(b)"}
)
SIX, LAB = ("1B999", "2A992", "2B999", "3A992", "3A999", "6A996"), date(2025, 1, 16)
SAVED = {"en_route_on": LAB, "exported_before": date(2025, 2, 18)}
CONTROLS = (
    Control("cuba", frozenset({"CU"}), activities=BOTH, clear=LICENSE | OPEN_IN_CUBA,
            open=_of("BAG", "GOV") | {"unknown", "TMP", "TMP 740.9(b)(1)", "RPL", "TSU", "AVS"}),
    Control("iran", frozenset({"IR"}), activities=BOTH),
    Control(
        "iraq-rs", frozenset({"IQ"}), ("1B999", "3A999"), doubt_until=date(2024, 12, 25), items_in_doubt=("3A999",),
        open=_of("APP", "AVS", "BAG", "GOV", "RPL", "TMP", "TSU", "CIV") | {"unknown"},
    ),
    Control("lab-equipment-ns", NS2, ("3A069",), (), BOTH, LAB, LICENSE | {"GBS"}, _all_but("GBS", "LVS", "TSR", "CIV"),
            NS2_IN_DOUBT, not_saved=("IQ", "PK"), **SAVED),
    Control("lab-equipment-rs", D5 | {"MO"}, ("3A069",), first=LAB, open=_all_but("GBS", "LVS", "TSR", "CIV"),
            places_in_doubt=D5_IN_DOUBT, not_saved=("IQ",), **SAVED),
    Control("lab-technology-ns", NS2, ("3E069",), (), BOTH, LAB, LICENSE,
            _all_but("GBS", "LVS", "TSR", "CIV") | {"TSR"}, NS2_IN_DOUBT, **SAVED),
    Control("lab-technology-rs", D5 | {"MO"}, ("3E069",), first=LAB, open=_all_but("GBS", "LVS", "TSR", "CIV"),
            places_in_doubt=D5_IN_DOUBT, **SAVED),
    Control("pakistan-rs", frozenset({"PK"}), SIX, ("2B999.h.2",), first=date(2024, 11, 25),
            clear=LICENSE | OPEN_IN_PAKISTAN, open=_of("RPL") | {"unknown", "TMP", "GOV"},
            doubt_until=date(2024, 12, 25), en_route_on=date(2024, 12, 26)),
)  # fmt: skip
LOW_VALUE = "low-value"
RULES = (*(control.id for control in CONTROLS), LOW_VALUE)

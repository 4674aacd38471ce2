"""What each way of writing a value is read as, or why its row is set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.support.desk import Desk, make_desk

COLUMNS = (
    "shipment_id", "line_number", "export_on", "activity", "form", "destination", "eccn", "quantity", "value_usd",
    "exception_paragraph", "eei_exemption",
)  # fmt: skip
USUAL = dict.fromkeys(COLUMNS, "") | {"line_number": "1", "export_on": "2025-02-03"}
DAY = date(2025, 2, 3)

READ: dict[str, dict[str, Any]] = {
    "value_usd": {
        "1200": Decimal(1200), "$1,200.00": Decimal(1200), "1,234,567.8": Decimal("1234567.8"), "-3": Decimal(-3),
        "-$5": Decimal(-5), ".5": Decimal("0.5"), "12.": Decimal(12), "0005": Decimal(5), "  7 ": Decimal(7), "": None,
        "99999999999999.9999": Decimal("99999999999999.9999"), "(500)": Decimal(-500), "3-": Decimal(-3),
        "1 200": Decimal(1200),
    },
    "quantity": {"1.5": Decimal("1.5"), "0": Decimal(0)},
    "line_number": {"01": 1, "1.0": 1, " 2 ": 2, "2147483647": 2147483647},
    "export_on": {
        "02/03/2025": DAY, "2/3/2025": DAY, "2025-2-3": DAY, "2025-02-03 13:45:00": DAY, "2025-02-03 ": DAY,
        "2024-02-29": date(2024, 2, 29),
    },
    "destination": {
        "NA": "NA", "na": "NA", "N.A.": "NA", "Namibia": "NA", "Côte d'Ivoire": "CI", "COTE D'IVOIRE": "CI",
        "U.S.": "US", "USA": "US", "Korea, South": "KR", " Iran": "IR", "RUSSIAN  FEDERATION": "RU", " ": "", "": "",
        "DE-Germany": "DE", "DEU – germany": "DE", "CI - Côte d'Ivoire": "CI", "GW-Guinea-Bissau": "GW",
        "TIMOR-LESTE": "TL",
    },
    "activity": {
        "Export": "export", "REEXPORT": "reexport", "Re-export": "reexport", "re export": "reexport",
        "in-country transfer": "in_country_transfer", "IN COUNTRY TRANSFER": "in_country_transfer", "": "",
    },
    "form": {"Tangible ": "tangible", "INTANGIBLE": "intangible"},
    "eccn": {
        "3e001": "3E001", " EAR 99 ": "EAR99", "3.00E+101": "3.00E+101", "3A999.A": "3A999.a", "2b999.h.2": "2B999.h.2",
        "3a 069": "3A069", "": "",
    },
    "exception_paragraph": {"15 CFR 740.9(a)(1)": "740.9(a)(1)", "§740.9 (A)(1)": "740.9(a)(1)"},
    "eei_exemption": {"NOEEI 30.37(a)": "30.37(a)", "NO EEI §30.36": "30.36", "noeei": "NOEEI", "": ""},
}  # fmt: skip

UNREAD: dict[str, tuple[str, list[str]]] = {
    "value_usd": (
        "not a number",
        ["1e5", "1_000", "1,5", "1,23,456", "(500", "1.234,50", "--3", "+5", "1 20", "USD 5", "€5", "NaN",
         "inf", "0x10", "N/A", ".", "-", "12,5O0", "٣", "99999999999999999999"],
    ),
    "quantity": ("not a number", ["1e3", "ten"]),
    "line_number": ("not a whole number", ["1.5", "1.", "-1", "1e2", "+1", "1,000", "2147483648", "", "１"]),
    "export_on": (
        "not a date from 1980 to 2099 in the formats %Y-%m-%d",
        ["20250203", "45000", "0002-06-06", "1979-12-31", "2100-01-01", "2025-02-30", "2023-02-29", "13/02/2025",
         "02/03/25", "2025-02-03 or so", "today", "infinity", ""],
    ),
    "destination": (
        "not a known country",
        ["XX", "N/A", "Freedonia", "P K", "?", "840", "Congo", "CA-California", "IN-Indiana", "DE-France"],
    ),
    "activity": ("not allowed; allowed: export, reexport", ["shipment", "transfer", "reexports"]),
    "form": ("not allowed; allowed: tangible", ["software"]),
    "shipment_id": ("missing: each line needs shipment_id and line_number", ["", "  "]),
}  # fmt: skip

CASES = [(column, text, value) for column, texts in READ.items() for text, value in texts.items()]
IN_DOUBT = dict.fromkeys(("1,5", "1,23,456", "1.234,50"), "ambiguous number")
"""Commas in a file whose other numbers show points and commas: nobody can tell which is the decimal mark."""
FAULTS = [(column, text, IN_DOUBT.get(text, reason)) for column, (reason, texts) in UNREAD.items() for text in texts]


@dataclass(frozen=True)
class Taken:
    """What became of one extract with a row for each text."""

    lines: dict[str, dict[str, Any]]
    """By shipment, then by column."""
    problems: dict[int, list[dict[str, Any]]]
    """By the number of the row."""


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """Return what became of the texts."""
    rows = []
    for number, (column, text, _) in enumerate([*CASES, *FAULTS]):
        cells = USUAL | {"shipment_id": f"V{number}"} | {column: text}
        rows.append(",".join(f'"{cell}"' for cell in cells.values()))
    desk = make_desk(tmp_path_factory.mktemp("values"))
    done = desk.take("\n".join([",".join(COLUMNS), *rows]) + "\n")
    assert (done.rows_in, done.loaded, done.quarantined) == (len(rows), len(CASES), len(FAULTS))
    lines = desk.rows(f"select {', '.join(COLUMNS)} from lines")
    return Taken(
        {line[0]: dict(zip(COLUMNS, line, strict=True)) for line in lines},
        dict(desk.rows("select row_number, problems from quarantine")),
    )


@pytest.mark.parametrize(("number", "column", "text", "value"), [(place, *case) for place, case in enumerate(CASES)])
def test_a_value_is_read_as(taken: Taken, number: int, column: str, text: str, value: Any) -> None:
    assert taken.lines[f"V{number}"][column] == value


@pytest.mark.parametrize(
    ("row_number", "column", "text", "reason"),
    [(place, *case) for place, case in enumerate(FAULTS, start=len(CASES) + 1)],
)
def test_a_value_that_cannot_be_read_is_set_aside_as(
    taken: Taken, row_number: int, column: str, text: str, reason: str
) -> None:
    (problem,) = taken.problems[row_number]
    assert problem["column_name"] == column
    assert reason in problem["reason"]
    assert problem["recorded"] == text.strip()


def test_a_row_with_several_faults_tells_them_all(desk: Desk) -> None:
    desk.take("shipment_id,line_number,export_on,destination,value_usd\nA,one,never,Freedonia,much\n")
    ((problems,),) = desk.rows("select problems from quarantine")
    assert [one["column_name"] for one in problems] == ["line_number", "export_on", "value_usd", "destination"]


def test_a_column_that_the_file_lacks_is_not_known_and_one_left_empty_is_nothing_recorded(desk: Desk) -> None:
    desk.take("shipment_id,line_number,export_on,eccn\nA,1,2025-02-03,\n")
    assert desk.rows("select eccn, destination from lines") == [("", None)]

"""Examples of the rule `eei-filing`: a line, those beside it and what AES holds, each example in a world of its own.

A report is of a USPPI and a month. So each example has a USPPI of its own, and where AES holds something a month of its
own: a cell names days by how many they are after the export, `<0>` in a citation, a whole number for a date of export
or of a report. `{usppi}` (`{hyphened}`), `{itn}`, `{other}`, `{ref}` and `{invoice}` are of the example alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.support.engine import RULEBOOK, law_of_filing, screen_lines
from tests.support.filed import Filing
from tests.support.filing_oracle import judge_filing
from tests.support.tables_oracle import tables_of
from tests.support.truth import Line
from tests.support.values_oracle import low_values

OPEN = "open"
"""Expected where law and record allow both answers but that the line is clear: flagged or undetermined."""
DAY = date(2025, 3, 14)
"""The day of export where no filings are loaded."""
LINE: Line = {
    "eccn": "EAR99", "destination": "DE", "activity": "export", "form": "tangible", "license_code": "C33",
    "license_number": "NLR", "exception_paragraph": "", "itn": "", "eei_exemption": "", "value_usd": "9000",
    "usppi_id": "{usppi}12", "usppi_name": "Sample Instruments Inc", "consignee_name": "Muster GmbH",
    "conveyance": "LH 401", "schedule_b": "9027500000", "origin_df": "D", "shipped_from": "", "tendered_on": "",
    "intermediate_country": "", "consignee_country": "", "end_user_country": "", "invoice_number": "{invoice}",
    "shipment_id": "{ref}",
}  # fmt: skip
FILING: dict[str, Any] = {
    "itn": "{itn}", "export_on": 0, "usppi_id": "{usppi}12", "destination": "DE", "schedule_b": "9027500000",
    "origin_df": "D", "value_usd": "9000", "eccn": "EAR99", "license_code": "C33", "shipment_reference": "",
    "invoice_number": "", "taken": 30,
}  # fmt: skip
TABLES = tables_of(RULEBOOK.tables_dir)
_DAYS = re.compile("<(-?[0-9]+)>")


@dataclass(frozen=True)
class Example:
    """What the line says beside the usual, what is expected, and what else there is.

    `others` are lines that equal it but for what they say, each in a shipment of its own; `aes` is the word of the
    second reading for what AES holds.
    """

    case: str
    expect: str
    line: Line = field(default_factory=dict)
    others: Sequence[Line] = ()
    filings: Sequence[Mapping[str, Any]] = ()
    aes: str = ""
    day: date = DAY


def given(**columns: str | None) -> Line:
    """What a line or filing says, by column."""
    return columns


def on_examples(examples: Sequence[Example]) -> pytest.MarkDecorator:
    """Put the examples to a test by their place among them, under their sentences."""
    names = [f"{at} {one.case}" for at, one in enumerate(examples)]
    return pytest.mark.parametrize("at", range(len(examples)), ids=names)


def is_as_expected(example: Example, outcome: str) -> bool:
    return outcome in (("flagged", "undetermined") if example.expect == OPEN else (example.expect,))


def second_reading(example: Example) -> str:
    """What the oracle says of the line of an example."""
    lines = _lines(example, 0)
    low_value = low_values(lines, TABLES)[0]
    return judge_filing(
        {**lines[0], "aes": example.aes}, low_value, RULEBOOK.provisions, RULEBOOK.controls, TABLES
    )  # fmt: skip


def screened(examples: Sequence[Example]) -> list[str]:
    """What the engine says of the line of each example; all are screened at once."""
    lines: list[Line] = []
    filings: list[Filing] = []
    first: list[int] = []
    for at, example in enumerate(examples):
        first.append(len(lines))
        lines += _lines(example, at)
        filings += _filings(example, at)
    said = screen_lines(lines, law_of_filing(), filings=filings, is_one_realm=False).filing()
    return [said.get(number, "clear") for number in first]


def _lines(example: Example, at: int) -> list[Line]:
    own = {**LINE, **example.line}
    beside = [{**own, "shipment_id": f"{{ref}}-{number}", **one} for number, one in enumerate(example.others, 1)]
    usual = {"source": f"example {at}", "export_on": 0}
    return [
        {column: _cell(value, column, example, at) for column, value in {**usual, **line}.items()}
        for line in (own, *beside)
    ]


def _filings(example: Example, at: int) -> list[Filing]:
    rows: list[Filing] = []
    for number, one in enumerate(example.filings, 1):
        row = {**FILING, "line_number": number, **one}
        taken = row.pop("taken")
        cells = {column: _cell(value, column, example, at) for column, value in row.items()}
        moment = datetime.combine(_day(example, at), datetime.min.time())
        taken_at = "" if taken is None else str(moment + timedelta(days=taken))
        rows.append({**cells, "line_number": row["line_number"], "extracted_at": taken_at})
    return rows


def _day(example: Example, at: int) -> date:
    return date(1996 + at // 12 % 30, at % 12 + 1, 14) if example.filings else example.day


def _cell(value: Any, column: str, example: Example, at: int) -> str | None:
    day = _day(example, at)
    if column == "export_on" and isinstance(value, int):
        return str(day + timedelta(days=value))
    if value is None:
        return None
    text = _DAYS.sub(lambda found: f"{day + timedelta(days=int(found[1])):%m/%d/%Y}", str(value))
    own = {
        "itn": f"X{day:%Y%m%d}{at:04d}01", "other": f"X{day:%Y%m%d}{at:04d}02", "usppi": f"12345{at:04d}",
        "hyphened": f"12-345{at:04d} 00", "ref": f"S{at}", "invoice": f"I{at}",
    }  # fmt: skip
    for name, stands_for in own.items():
        text = text.replace(f"{{{name}}}", stands_for)
    return text

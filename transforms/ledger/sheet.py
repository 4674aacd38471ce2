"""Findings as a sheet in which a person decides: five columns to fill in, then what each row shows, then its token.

The findings of a line stand together, the strictest first: rows of one shade, of which the others stand under the first
in the outline. No cell becomes a formula. The token tells, when the sheet comes back, whether what a row shows was
changed, and whether the finding did since.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from transforms.cells.workbook import cell_text
from transforms.columns import heading as in_words
from transforms.errors import InputError
from transforms.ledger.choose import Row
from transforms.ledger.decide import STATUSES
from transforms.sheets import MOST_ROWS, new_workbook

SHEET = "Findings"
ONE_FINDING, WHOLE_LINE = "this finding", "whole line"
"""What a decision can apply to; blank is one finding."""
DECIDED = ("status", "reason", "evidence", "expires_on")
FILLED = (*DECIDED, "applies_to")
"""The columns that a person fills in: the decision, and what it applies to."""
SHOWN = (
    "source", "shipment_id", "line_number", "line_findings", "rule_id", "outcome", "severity", "state", "export_on",
    "destination", "consignee_name", "end_user_name", "part_number", "eccn", "description", "quantity", "uom",
    "value_usd", "license_code", "license_number", "itn", "eei_exemption", "because", "authority", "missing", "remedy",
    "situation_id", "first_seen_on", "days_open", "decided", "finding_id",
)  # fmt: skip
_SHOWN_BEFORE = (
    "finding_id", "rule_id", "outcome", "state", "severity", "source", "shipment_id", "line_number", "export_on",
    "destination", "consignee_name", "end_user_name", "part_number", "eccn", "description", "quantity", "uom",
    "value_usd", "license_code", "license_number", "itn", "eei_exemption", "because", "authority", "missing", "remedy",
    "situation_id", "first_seen_on", "days_open", "decided",
)  # fmt: skip
TOKEN = "token"
HEADINGS = (*FILLED, *SHOWN, TOKEN)
"""The columns in order; a sheet has them in words."""
FORMS = {HEADINGS: (FILLED, SHOWN), (*DECIDED, *_SHOWN_BEFORE, TOKEN): (DECIDED, _SHOWN_BEFORE)}
"""What is filled in and shown, by the columns of a sheet: of this version, and of those before a whole line could be
decided."""
_LONGEST_CELL = 32_000
_DAY, _SHADE = {"num_format": "yyyy-mm-dd"}, {"bg_color": "#EEF2F6"}
_WIDE = ("reason", "evidence", "description", "because", "authority", "remedy", "decided")
_STATE = (
    "finding_id", "state", "decided_in", "outcome", "rule_from", "answer", "rules", "missing", "situation_id",
    "line_batch", "compared_hash",
)  # fmt: skip
"""What a decision is made on, the version of the line among it: where one of these is another, the row of a sheet is
stale."""
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def write_findings(rows: Sequence[Row], target: Path) -> Path:
    """Write rows of `decidable` to the workbook `target`, whole or not at all, and return it."""
    if target.suffix.lower() != ".xlsx":
        raise InputError(f"{target}: the file name must end in .xlsx.")
    if len(rows) > MOST_ROWS:
        raise InputError(
            f"{target}: {len(rows):,} findings match, and a sheet holds {MOST_ROWS:,} rows. Select fewer findings."
        )
    with new_workbook(target, "Findings to decide") as book:
        bold = book.add_format({"bold": True})
        shades = [(None, book.add_format(_DAY)), (book.add_format(_SHADE), book.add_format(_DAY | _SHADE))]
        open_ = book.add_format({"num_format": "@", "bg_color": "#FFF7DC"})
        open_day = book.add_format(_DAY | {"bg_color": "#FFF7DC"})
        sheet = book.add_worksheet(SHEET)
        for at, heading in enumerate(HEADINGS):
            sheet.set_column(at, at, 50 if heading in _WIDE else 16)
            sheet.write_string(0, at, in_words(heading), bold)
        sheet.outline_settings(symbols_below=False)
        line, lines = None, 0
        for number, row in enumerate(rows, start=1):
            is_first, line = line_of(row) != line, line_of(row)
            lines += is_first
            shade, day = shades[lines % 2]
            sheet.set_row(number, None, shade, {} if is_first else {"level": 1})
            for at, heading in enumerate(FILLED):
                sheet.write_blank(number, at, None, open_day if heading == "expires_on" else open_)
            for at, heading in enumerate(SHOWN, start=len(FILLED)):
                _write(sheet, number, at, shown(row, heading), day)
            sheet.write_string(number, len(HEADINGS) - 1, token(row))
        sheet.freeze_panes(1, len(FILLED))
        sheet.autofilter(0, 0, max(len(rows), 1), len(HEADINGS) - 1)
        for name, allowed in (("status", list(STATUSES)), ("applies_to", [ONE_FINDING, WHOLE_LINE])):
            at = HEADINGS.index(name)
            sheet.data_validation(1, at, max(len(rows), 1), at, {"validate": "list", "source": allowed})
        _explain(book.add_worksheet("Statuses"), bold)
    return target


def line_of(row: Row) -> tuple[Any, ...]:
    """Return the line that a finding is of; an AES filing line without a shipment line stands by itself."""
    return row["source"], row["shipment_id"], row["line_number"], row["situation_id"] is None


def shown(row: Row, heading: str) -> object:
    """Return what a cell of a row shows: text, a number or a day; lists as text, unfit characters as spaces."""
    if heading == "decided":
        parts = (row["status"], row["expires_on"] and f"until {row['expires_on']}", row["decided_by"], row["reason"])
        value: Any = ", ".join(str(one) for one in parts if one)
    else:
        value = row[heading]
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, Decimal):
        return float(value)
    return plain(value)[:_LONGEST_CELL] if isinstance(value, str) else value


def plain(text: str) -> str:
    """Return text as a workbook can hold it, each stretch of white space as one space."""
    return " ".join(_UNFIT.sub(" ", text).split())


def shown_texts(row: Row) -> list[str]:
    """Return what a row shows as text, as it is read back."""
    return [text_of(shown(row, heading)) for heading in SHOWN]


def text_of(value: object) -> str:
    """Return a cell as the text that is compared."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else plain(cell_text(value, "."))


def token(row: Row) -> str:
    """Return the token of a row: a hash of the finding as it stands, and one of that and of what the row shows."""
    state = state_mark(row)
    return f"{state}-{row_mark(shown_texts(row), state)}"


def state_mark(row: Row) -> str:
    """Return a hash of what a decision about this finding is made on."""
    return _hash([row[name] for name in _STATE])


def row_mark(texts: Sequence[str], state: str) -> str:
    """Return a hash of what a row shows."""
    return _hash([*texts, state])


def _write(sheet: Any, number: int, at: int, value: object, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(number, at, value, day)
    elif isinstance(value, int | float):
        sheet.write_number(number, at, value)
    elif value not in (None, ""):
        sheet.write_string(number, at, str(value))


def _explain(sheet: Any, bold: Any) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    said = [
        (in_words("status"), "What it means"), *STATUSES.items(),
        ("", "Fill in the decision and its reason. Evidence is a reference; Expires on is its last day."),
        ("", "To leave a finding as it is, leave its row blank. A row with a change in another column is refused."),
        ("", ""),
        (in_words("applies_to"), "What it means"),
        (ONE_FINDING, "the decision is about the finding of its row alone. A blank cell means the same"),
        (WHOLE_LINE, "the decision is about every open finding of the line: fill in one row of the line and leave its"
         " other rows blank. A row with a decision of its own keeps it. The sheet is refused if the line has an open"
         " finding that the sheet does not show"),
    ]  # fmt: skip
    for number, (left, right) in enumerate(said):
        for at, text in enumerate((left, right)):
            sheet.write_string(number, at, text, bold if number == 0 else None)


def _hash(said: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:16]

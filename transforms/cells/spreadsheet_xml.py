"""The XML of Excel 2003 as a source; it is often called .xls."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from decimal import Context, InvalidOperation
from xml.etree import ElementTree

from transforms.cells.markup import MOST_SPAN, SPREADSHEET, beginning
from transforms.cells.sheet import Sheet
from transforms.cells.workbook import cell_text
from transforms.errors import InputError
from transforms.layouts.format import Format

_DECLARATION = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class SpreadsheetXml(Sheet):
    """A sheet of the XML of Excel 2003: cells have types; a date is as ISO writes it."""

    def rows(self, form: Format) -> Iterator[list[str]]:
        """Yield the rows of the sheet that is named, or of the first one."""
        if _DECLARATION.search(beginning(self.path)):
            raise InputError(f"{self.path.name}: it has declarations (DOCTYPE), which no spreadsheet writes.")
        try:
            yield from self._rows(form)
        except (ElementTree.ParseError, LookupError, ValueError) as error:  # an encoding that it does not know
            raise InputError(
                f"{self.path.name}: cannot be read as XML of a spreadsheet: {error}. Copy it again, or save it as"
                " .xlsx."
            ) from error

    def words(self, form: Format, unstated: Collection[str]) -> str:
        """Return what the file was found to be."""
        return "XML spreadsheet" + (f", sheet {form.sheet}" if form.sheet else "")

    def _rows(self, form: Format) -> Iterator[list[str]]:
        names: list[str] = []
        is_wanted, number = False, 0
        row: list[str] = []
        held: dict[int, tuple[int, str]] = {}
        for event, element in ElementTree.iterparse(str(self.path), events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start" and tag == "Worksheet":
                names.append(_attribute(element, "Name"))
                is_wanted = names[-1] == form.sheet if form.sheet else len(names) == 1
                number, held = 0, {}
            elif event == "start" and tag == "Row":
                row = []
                if is_wanted:
                    number += 1
                    at = _attribute(element, "Index")
                    while at.isdecimal() and number < min(int(at), 1_048_576):
                        yield _beside([], held, number)
                        number += 1
            elif event == "end" and tag == "Cell" and is_wanted:
                self._add_cell(row, element, form, held, number)
            elif event == "end" and tag == "Row":
                if is_wanted:
                    yield _beside(row, held, number)
                element.clear()
        if form.sheet and form.sheet not in names:
            shown = ", ".join(names)
            raise InputError(f"{self.path.name}: no sheet {form.sheet!r}. Sheets: {shown}. Give one of them.")

    def _add_cell(
        self, row: list[str], element: ElementTree.Element, form: Format, held: dict[int, tuple[int, str]], number: int
    ) -> None:
        at = _attribute(element, "Index")
        if at.isdecimal():
            row += [""] * (min(int(at), 16_384) - 1 - len(row))
        else:
            while held.get(len(row), (0, ""))[0] >= number:  # its place is taken by a cell above
                row.append("")
        text = ""
        for part in element:
            if part.tag.rpartition("}")[2] == "Data":
                text = _shown("".join(part.itertext()), _attribute(part, "Type"), form.decimal)
        across, down = (_attribute(element, name) for name in ("MergeAcross", "MergeDown"))
        if down.isdecimal() and int(down):
            held[len(row)] = (number + min(int(down), 1_048_576), text)
        row.append(text)
        row += [""] * (min(int(across), MOST_SPAN) if across.isdecimal() else 0)


def _beside(row: list[str], held: Mapping[int, tuple[int, str]], number: int) -> list[str]:
    """Return the row with the texts of cells that are merged downward to it."""
    for place, (last, text) in held.items():
        if last >= number and place >= len(row):
            row = row + [""] * (place + 1 - len(row))
        if last >= number and not row[place]:
            row[place] = text
    return row


def _shown(text: str, kind: str, decimal: str) -> str:
    """Return what a cell records, as `cell_text` does of a workbook."""
    if kind == "Number":
        with suppress(InvalidOperation):
            # a number is told in 17 digits, and meant in 15
            number = Context(prec=15).create_decimal(text.strip())
            return cell_text(float(number), decimal) if number.is_finite() else text
    if kind == "Boolean":
        return {"1": "TRUE", "0": "FALSE"}.get(text.strip(), text)
    if kind == "DateTime":
        return text.removesuffix(".000").removesuffix("T00:00:00").replace("T", " ")
    return text


def _attribute(element: ElementTree.Element, name: str) -> str:
    return element.get(f"{{{SPREADSHEET}}}{name}", element.get(name, ""))

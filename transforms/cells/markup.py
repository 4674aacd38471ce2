"""Markup that calls itself a workbook: an HTML table, or the XML of Excel 2003, as many systems write for `.xls`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from transforms.cells.detect import HEAD, detect_encoding
from transforms.cells.sheet import Sheet
from transforms.cells.text import codec
from transforms.errors import InputError
from transforms.layouts.format import Format

_CHUNK = 1024 * 1024
_MOST_SPAN = 1_000
"""Cells that one cell is said to span; more is no table of a person."""
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|style|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_DECLARATION = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


def beginning(path: Path) -> str:
    """Return the first characters of a file as text, whatever its encoding."""
    with path.open("rb") as stream:
        text = stream.read(HEAD)
    return text.decode(codec(detect_encoding(path)), errors="replace").lstrip("\ufeff")


def is_html(text: str) -> bool:
    """Whether a file that begins so is HTML."""
    return bool(_HTML.match(text)) and "<tr" in text.lower()


def is_spreadsheet_xml(text: str) -> bool:
    """Whether a file that begins so is the XML of Excel 2003."""
    return text.lstrip().startswith("<") and _SPREADSHEET in text


class HtmlTable(Sheet):
    """The longest table of an HTML file. Its cells are texts as a person reads them, numbers too."""

    is_typed = False
    delimiter = ";"  # as in any file that does not part its cells by commas, nobody knows what a comma in a number is

    def rows(self, form: Format) -> Iterator[list[str]]:
        """Yield the rows of the table, spanned cells repeated downward and blank to the right."""
        parser = _Tables()
        encoding = form.encoding if "encoding" not in form.unstated else self._encoding()
        try:
            with self.path.open(encoding=encoding, errors="replace") as stream:
                while chunk := stream.read(_CHUNK):
                    parser.feed(chunk)
            parser.close()
        except LookupError as error:
            raise InputError(f"{self.path.name}: its encoding {encoding!r} is not known. Save it as .xlsx.") from error
        yield from max(parser.tables, key=len, default=[])

    def words(self, form: Format, unstated: Collection[str]) -> str:
        """Return what the file was found to be."""
        return "HTML table"

    def _encoding(self) -> str:
        with self.path.open("rb") as stream:
            stated = _CHARSET.search(stream.read(8192))
        return stated.group(1).decode() if stated else codec(detect_encoding(self.path))


class _Tables(HTMLParser):
    """The tables of a file, each as rows of texts; a table inside a cell is text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._across = self._down = 1
        self._open: dict[int, tuple[int, str]] = {}
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._hidden += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
                self._open = {}
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            self._row = []
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            if self._row is None:
                self._row = []
            told = {name: value or "" for name, value in attrs}
            self._cell = []
            self._across, self._down = (_span(told.get(name, "")) for name in ("colspan", "rowspan"))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._hidden = max(0, self._hidden - 1)
        elif tag == "table":
            if self._depth == 1:
                self._end_row()
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._hidden:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        if self._depth:
            self._end_row()

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        self._carry()
        text = " ".join("".join(self._cell).split())
        place = len(self._row)
        self._row += [text] + [""] * (self._across - 1)
        if self._down > 1:
            self._open[place] = (self._down - 1, text)
            for beside in range(place + 1, place + self._across):
                self._open[beside] = (self._down - 1, "")
        self._cell = None

    def _carry(self) -> None:
        """Fill in the cells that rows above span."""
        assert self._row is not None
        while (held := self._open.get(len(self._row))) is not None:
            left, text = held
            if left > 1:
                self._open[len(self._row)] = (left - 1, text)
            else:
                del self._open[len(self._row)]
            self._row.append(text)

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None and self.tables:
            self._carry()
            self.tables[-1].append(self._row)
        self._row = None


def _span(text: str) -> int:
    return min(int(text), _MOST_SPAN) if text.isdecimal() and int(text) > 0 else 1


class SpreadsheetXml(Sheet):
    """A sheet of the XML of Excel 2003: cells have types; a date is as ISO writes it."""

    def rows(self, form: Format) -> Iterator[list[str]]:
        """Yield the rows of the sheet that is named, or of the first one."""
        if _DECLARATION.search(beginning(self.path)):
            raise InputError(f"{self.path.name}: it has declarations (DOCTYPE), which no spreadsheet writes.")
        try:
            yield from self._rows(form)
        except ElementTree.ParseError as error:
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
        for event, element in ElementTree.iterparse(str(self.path), events=("start", "end")):
            tag = element.tag.rpartition("}")[2]
            if event == "start" and tag == "Worksheet":
                names.append(_attribute(element, "Name"))
                is_wanted = names[-1] == form.sheet if form.sheet else len(names) == 1
                number = 0
            elif event == "start" and tag == "Row":
                row = []
            elif event == "end" and tag == "Cell" and is_wanted:
                self._add_cell(row, element, form)
            elif event == "end" and tag == "Row":
                if is_wanted:
                    number += 1
                    at = _attribute(element, "Index")
                    while at.isdecimal() and number < min(int(at), 1_048_576):
                        number += 1
                        yield []
                    yield row
                element.clear()
        if form.sheet and form.sheet not in names:
            raise InputError(f"{self.path.name}: no sheet {form.sheet!r}. Sheets: {', '.join(names)}.")

    def _add_cell(self, row: list[str], element: ElementTree.Element, form: Format) -> None:
        at = _attribute(element, "Index")
        if at.isdecimal():
            row += [""] * (min(int(at), 16_384) - 1 - len(row))
        text = ""
        for part in element:
            if part.tag.rpartition("}")[2] == "Data":
                text = "".join(part.itertext())
                if _attribute(part, "Type") == "Number":
                    text = text.replace(".", form.decimal) if "E" not in text.upper() else text
                elif _attribute(part, "Type") == "DateTime":
                    text = text.removesuffix(".000").removesuffix("T00:00:00").replace("T", " ")
        row.append(text)
        across = _attribute(element, "MergeAcross")
        row += [""] * (min(int(across), _MOST_SPAN) if across.isdecimal() else 0)


def _attribute(element: ElementTree.Element, name: str) -> str:
    return element.get(f"{{{_SPREADSHEET}}}{name}", element.get(name, ""))

"""An HTML table as a source; many systems write one and call it .xls."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from html.parser import HTMLParser

from transforms.cells.detect import detect_encoding, has_mark
from transforms.cells.markup import MOST_SPAN
from transforms.cells.sheet import Sheet
from transforms.cells.text import codec
from transforms.errors import InputError
from transforms.layouts.format import Format

_CHUNK = 1024 * 1024
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)


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
        except (LookupError, UnicodeError) as error:
            raise InputError(
                f"{self.path.name}: it cannot be read in the encoding that it names, {encoding!r}. Save it as .xlsx."
            ) from error
        if parser.is_open:
            raise InputError(
                f"{self.path.name}: the file breaks off inside a table (no </table>). Nothing was loaded. Copy it"
                " again, or export it again."
            )
        yield from max(parser.tables, key=len, default=[])

    def words(self, form: Format, unstated: Collection[str]) -> str:
        """Return what the file was found to be."""
        return "HTML table"

    def _encoding(self) -> str:
        with self.path.open("rb") as stream:
            stated = _CHARSET.search(stream.read(8192))
        found = codec(detect_encoding(self.path))
        # bytes that are marked outrank what is said of them
        return stated.group(1).decode() if stated and not has_mark(self.path) else found


class _Table:
    """One table while it is read: its rows, and the row and the cell that are open."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self._across = self._down = 1
        self._spans: dict[int, tuple[int, str]] = {}
        """By column: over how many rows more a cell reaches, and its text."""

    def begin_cell(self, told: Mapping[str, str | None]) -> None:
        """End the cell that is open, and begin one."""
        self.end_cell()
        if self.row is None:
            self.row = []
        self.cell = []
        self._across, self._down = (_span(told.get(name) or "") for name in ("colspan", "rowspan"))

    def end_cell(self) -> None:
        """End the cell that is open, if any."""
        if self.cell is None or self.row is None:
            return
        self._carry()
        text = " ".join("".join(self.cell).split())
        place = len(self.row)
        self.row += [text] + [""] * (self._across - 1)
        if self._down > 1:
            self._spans[place] = (self._down - 1, text)
            for beside in range(place + 1, place + self._across):
                self._spans[beside] = (self._down - 1, "")
        self.cell = None

    def end_row(self) -> None:
        """End the row that is open, if any."""
        self.end_cell()
        if self.row is not None:
            while self._spans and len(self.row) <= max(self._spans):
                self._carry()
                if self._spans and len(self.row) <= max(self._spans):
                    self.row.append("")
            self.rows.append(self.row)
        self.row = None

    def _carry(self) -> None:
        """Fill in the cells that rows above span."""
        assert self.row is not None
        while (held := self._spans.pop(len(self.row), None)) is not None:
            left, text = held
            if left > 1:
                self._spans[len(self.row)] = (left - 1, text)
            self.row.append(text)


class _Tables(HTMLParser):
    """The tables of a file, each as rows of texts; what stands in a table inside a cell is text of that cell too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._open: list[_Table] = []
        self._hidden = 0

    @property
    def is_open(self) -> bool:
        """Whether a table has not ended."""
        return bool(self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._hidden += 1
        elif tag == "table":
            self._open.append(_Table())
            self.tables.append(self._open[-1].rows)
        elif tag == "br":
            self.handle_data(" ")
        elif self._open and tag == "tr":
            self._open[-1].end_row()
            self._open[-1].row = []
        elif self._open and tag in ("td", "th"):
            self._open[-1].begin_cell(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._hidden = max(0, self._hidden - 1)
        elif self._open and tag == "table":
            self._open.pop().end_row()
        elif tag == "html":  # the whole of it has come
            while self._open:
                self._open.pop().end_row()
        elif self._open and tag in ("td", "th"):
            self._open[-1].end_cell()
        elif self._open and tag == "tr":
            self._open[-1].end_row()

    def handle_data(self, data: str) -> None:
        for table in self._open if not self._hidden else ():
            if table.cell is not None:
                table.cell.append(data)


def _span(text: str) -> int:
    return min(int(text), MOST_SPAN) if text.isdecimal() and int(text) > 0 else 1

"""Files of known rows, mangled as people and programs do, with an oracle of the rows that nothing touched.

Each row has a shipment of its own, so that it can be told whether it is still there.
"""

from __future__ import annotations

import gzip
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import xlsxwriter

from tests.support.extracts import HEADINGS, row
from tests.support.odd_files import alv_of, delimited, html, ods, xml, xml_rows

Cells = list[list[str]]
NAMES = HEADINGS.split(",")


@dataclass
class Mangled:
    """A file, and what must be true of what is read of it."""

    name: str
    content: bytes
    intact: dict[str, list[str]] = field(default_factory=dict)
    """By shipment the cells of the rows that nothing touched."""
    is_whole: bool = True
    """Whether no byte of it was changed once it was written, so that each intact row must be read."""


class Draft:
    """Rows above, the headings, and the rows of a table, before they are written."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.above: Cells = []
        self.names = list(NAMES)
        self.body: Cells = []
        for number in range(draw.randrange(1, 30)):
            words = draw.choice(["a pump", "Prüfgerät – €5", 'a 5" pipe', "x, y", "насос", "a  b"])
            cells = row(f"S{number}", description="\0").split(",")
            self.body.append([words if cell == "\0" else cell for cell in cells])
        self.touched: set[str] = set()

    def any_row(self) -> list[str]:
        """Return one row of the body, which from now on is touched."""
        cells = self.draw.choice(self.body)
        self.touched |= set(cells[:1])
        return cells


def title(draft: Draft) -> None:
    draft.above += [
        draft.draw.choice([["Shipments"], ["Plant", "1000"], [], ["By: J. Doe", "", "", "p. 1"], ["", "x"], ["a\nb"]])
        for _ in range(draft.draw.randrange(1, 7))
    ]


def many_titles(draft: Draft) -> None:
    draft.above += [["a note"]] * draft.draw.choice([30, 58, 70])


def blank_rows(draft: Draft) -> None:
    for _ in range(draft.draw.randrange(1, 5)):
        draft.body.insert(draft.draw.randrange(len(draft.body) + 1), draft.draw.choice([[], [""] * len(NAMES)]))


def delete_cells(draft: Draft) -> None:
    cells = draft.any_row()
    del cells[draft.draw.randrange(len(cells) + 1) :]


def extra_cells(draft: Draft) -> None:
    draft.any_row().extend(draft.draw.choice([[""], ["x"], ["", "y"]]))


def odd_cell(draft: Draft) -> None:
    cells = draft.any_row()
    if cells:
        odd = ["soon", "#N/A", "9" * 30, '"', "a\nb", "a\r\nb", "x" * 3_000, "\ufeff", "=1+1", "-", "\x0b", "a\0b"]
        cells[draft.draw.randrange(len(cells))] = draft.draw.choice(odd)


def page_heads(draft: Draft) -> None:
    for place in sorted(draft.draw.sample(range(len(draft.body) + 1), 1), reverse=True):
        draft.body[place:place] = [list(cells) for cells in (*draft.above[:2], draft.names)]


def totals(draft: Draft) -> None:
    draft.body.append(["Total", *[""] * (len(NAMES) - 2), "12345.00"])


def same_heading(draft: Draft) -> None:
    draft.names[draft.draw.randrange(len(NAMES))] = draft.draw.choice([*NAMES, "Clerk", ""])


def repeat_rows(draft: Draft) -> None:
    draft.body.append(list(draft.any_row()))


def bare_column(draft: Draft) -> None:
    for cells in (draft.names, *draft.body):
        if cells:
            cells.append("")


MANGLING: list[Callable[[Draft], None]] = [
    title, title, title, many_titles, blank_rows, delete_cells, extra_cells, odd_cell, odd_cell, page_heads, totals,
    same_heading, repeat_rows, bare_column,
]  # fmt: skip


def as_text(draw: random.Random, rows: Cells) -> bytes:
    sign, end = draw.choice([",", ",", ";", "\t", "|"]), draw.choice(["\n", "\n", "\r\n", "\r"])
    text = delimited(rows, sign, end)
    if draw.random() < 0.15:
        text = f"sep={sign}{end}{text}"
    return text.encode(draw.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"]))


def as_bars(draw: random.Random, rows: Cells) -> bytes:
    clean = [[cell.replace("\n", " ").replace("\r", " ").replace("|", "/") for cell in cells] for cells in rows]
    return alv_of(clean).encode(draw.choice(["utf-8", "utf-16"]))


def as_workbook(draw: random.Random, rows: Cells) -> bytes:
    held, left = io.BytesIO(), draw.choice([0, 0, 0, 2])
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet("Lines")
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells, start=left):
                if cell:
                    sheet.write_string(number, column, cell)
    return held.getvalue()


def as_markup(draw: random.Random, rows: Cells) -> bytes:
    clean = [[cell.replace("\0", "").replace("\x0b", "") for cell in cells] for cells in rows]
    kind = draw.choice(["html", "html", "xml", "ods"])
    if kind == "ods":
        return ods(clean)
    return (html(clean) if kind == "html" else xml(*xml_rows(clean))).encode()


SUFFIX = {as_text: ".csv", as_bars: ".txt", as_workbook: ".xlsx", as_markup: ".xls"}
FORMS = [as_text, as_text, as_text, as_bars, as_workbook, as_workbook, as_markup]


def cut(draw: random.Random, content: bytes) -> bytes:
    return content[: draw.randrange(len(content) + 1)]


def flip(draw: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(draw.randrange(1, 5)) if changed else ():
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def noise(draw: random.Random, content: bytes) -> bytes:
    return draw.choice([draw.randbytes(draw.randrange(2_000)), content[: len(content) // 2] + draw.randbytes(300)])


def mangled(seed: int) -> Mangled:
    """Return the mangled file of this seed."""
    draw = random.Random(seed)
    draft = Draft(draw)
    for mangle in draw.choices(MANGLING, k=draw.choice([0, 1, 1, 2, 3])):
        mangle(draft)
    form = draw.choice(FORMS)
    content = form(draw, [*draft.above, draft.names, *draft.body])
    suffix = SUFFIX[form] if draw.random() < 0.85 else draw.choice([".csv", ".xls", ".xlsx", ".ods", ".dat", ""])
    damage = draw.choice([cut, flip, noise]) if draw.random() < 0.2 else None
    if damage:
        content = damage(draw, content)
    if draw.random() < 0.1:
        content = gzip.compress(content, mtime=0)
    named = [cells for cells in draft.body if cells and re.fullmatch(r"S\d+", cells[0])]
    intact = {cells[0]: cells for cells in named if cells[0] not in draft.touched}
    return Mangled(f"mangled-{seed}{suffix}", content, intact, damage is None)

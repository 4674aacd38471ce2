"""Tables on a terminal of any width: ids, numbers and dates stay whole, words wrap.

Where the window is too narrow even for that, each row becomes a short list, one line for each column.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from rich.markup import escape
from rich.table import Table

from flows.show import OUT
from transforms.visible import visible

_FEWEST = 12
"""Narrower columns of words cannot be read."""


class Col(NamedTuple):
    """One column: its heading, and whether its cells are ids or dates, numbers, or words that may wrap."""

    title: str
    kind: Literal["id", "number", "words"] = "words"


def show_table(
    columns: Sequence[Col], rows: Sequence[Sequence[str] | str], *, title: str = "", caption: str = ""
) -> None:
    """Print rows of cells under `columns`; a row that is one text is the heading of those after it."""
    widths = [_width(at, one, rows) for at, one in enumerate(columns)]
    if sum(widths) + 3 * len(widths) + 1 > OUT.width:
        _show_list(columns, rows, title, caption)
        return
    table = Table(title=title or None, title_justify="left", caption=caption or None, caption_justify="left")
    for one, width in zip(columns, widths, strict=True):
        table.add_column(
            one.title,
            justify="right" if one.kind == "number" else "left",
            no_wrap=one.kind != "words",
            min_width=width,
            overflow="fold",
        )
    for row in rows:
        if isinstance(row, str):
            table.add_section()
            table.add_row(f"[bold]{escape(row)}[/]")
        else:
            table.add_row(*(escape(visible(cell)) for cell in row))
    OUT.print(table)


def _width(at: int, column: Col, rows: Sequence[Sequence[str] | str]) -> int:
    cells = [row[at] for row in rows if not isinstance(row, str)]
    longest = max(map(len, [*column.title.split("\n"), *cells]))
    if column.kind == "words":
        return min(longest, _FEWEST)
    headings = [len(row) for row in rows if isinstance(row, str)] if at == 0 else []
    return max([longest, *headings])


def _show_list(columns: Sequence[Col], rows: Sequence[Sequence[str] | str], title: str, caption: str) -> None:
    titles = [one.title.replace("\n", " ") for one in columns]
    if title:
        OUT.print(f"[bold]{escape(title)}[/]")
    for row in rows:
        if isinstance(row, str):
            OUT.print(f"[bold]{escape(row)}[/]")
            continue
        OUT.print(row[0], markup=False)
        for name, cell in zip(titles[1:], row[1:], strict=True):
            OUT.print(f"  {name}: {cell}", markup=False)
    if caption:
        OUT.print(caption, markup=False)

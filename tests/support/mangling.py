"""Dirty extracts, drawn from a seed: what exports, mail programs, spreadsheets and half copies do to a good file."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable

from tests.support.extracts import HEADINGS, row

Cells = list[list[str]]
WORDS = ["Prüfgerät", "café – €5", "a pump", "насос", "=1+1", "#REF!", '5" pipe', "x;y", "a\tb", "1,234", "", " "]


def clean(draw: random.Random) -> Cells:
    """Headings and rows in order, a few of them repeated."""
    rows = [HEADINGS.split(",")]
    for number in range(draw.randrange(0, 25)):
        cells = row(f"S{draw.randrange(30)}", line_number=str(number % 3 + 1), description="\0").split(",")
        rows.append([draw.choice(WORDS) if cell == "\0" else cell for cell in cells])
    return rows


def _any_cell(draw: random.Random, rows: Cells, value: str) -> None:
    cells = rows[draw.randrange(len(rows))]
    if cells:
        cells[draw.randrange(len(cells))] = value


def shift(draw: random.Random, rows: Cells) -> None:
    rows[draw.randrange(len(rows))].insert(0, "")


def drop_cells(draw: random.Random, rows: Cells) -> None:
    cells = rows[draw.randrange(len(rows))]
    del cells[draw.randrange(len(cells) + 1) :]


def wrong_type(draw: random.Random, rows: Cells) -> None:
    _any_cell(draw, rows, draw.choice(["soon", "12,5O0", "1e400", "2025-02-30", "-0", "NaN", "9" * 20, "TRUE"]))


def formula(draw: random.Random, rows: Cells) -> None:
    _any_cell(draw, rows, draw.choice(['=HYPERLINK("http://example.invalid/","x")', "#N/A", "+1", "@SUM(A1)", "-2+3"]))


def giant(draw: random.Random, rows: Cells) -> None:
    _any_cell(draw, rows, draw.choice(["x", "é", "a,", '"', "\n"]) * draw.choice([70_000, 1_100_000]))


def many_lines(draw: random.Random, rows: Cells) -> None:
    _any_cell(draw, rows, draw.choice(["one\ntwo", "\r\n\r\n", "a\rb", "\n" * 9, "\u2028x\x85y\x0b"]))


def repeat_heading(draw: random.Random, rows: Cells) -> None:
    rows[0][draw.randrange(len(rows[0])) if rows[0] else 0 :][:1] = [draw.choice(rows[0] or [""])]
    rows[0].append(draw.choice(rows[0] or [""]))


def control(draw: random.Random, rows: Cells) -> None:
    _any_cell(draw, rows, draw.choice(["a\0b", "\0", "\x1a", "\ufeff", "\x1b[0m", "\u202e"]))


def empty_rows(draw: random.Random, rows: Cells) -> None:
    for _ in range(draw.randrange(1, 4)):
        rows.insert(draw.randrange(len(rows) + 1), draw.choice([[], [""], ["", ""], [" "]]))


def blank_heading(draw: random.Random, rows: Cells) -> None:
    if rows[0]:
        rows[0][draw.randrange(len(rows[0]))] = draw.choice(["", " ", "Destination ", "no such heading", "=A1"])


SOIL: list[Callable[[random.Random, Cells], None]] = [
    shift, drop_cells, wrong_type, wrong_type, formula, giant, many_lines, repeat_heading, control, empty_rows,
    blank_heading,
]  # fmt: skip


def written(draw: random.Random, rows: Cells) -> str:
    """The rows as text: some cells quoted, rightly or not."""
    sign, end = draw.choice([",", ",", ",", ";", "\t", "|"]), draw.choice(["\n", "\n", "\r\n", "\r", None])
    careless = draw.random() < 0.2
    text = ""
    for cells in rows:
        shown = []
        for cell in cells:
            needs = any(letter in cell for letter in (sign, '"', "\n", "\r")) and not careless
            shown.append('"' + cell.replace('"', '""') + '"' if needs or draw.random() < 0.05 else cell)
        text += sign.join(shown) + (end or draw.choice(["\n", "\r\n", "\r"]))
    return text.rstrip("\r\n") if draw.random() < 0.3 else text


def as_bytes(draw: random.Random, text: str) -> bytes:
    """The text in one encoding, or in two."""
    encoding = draw.choice(["utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mixed"])
    if encoding != "mixed":
        return text.encode(encoding, errors="replace")
    half = draw.randrange(len(text) + 1)
    return text[:half].encode() + text[half:].encode("cp1252", errors="replace")


def cut(draw: random.Random, content: bytes) -> bytes:
    return content[: draw.randrange(len(content) + 1)]


def flip(draw: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(draw.randrange(1, 6)) if changed else ():
        changed[draw.randrange(len(changed))] = draw.choice([0, 0x22, 0x0A, 0x0D, 0x81, 0xFF, draw.randrange(256)])
    return bytes(changed)


def odd_byte(draw: random.Random, content: bytes) -> bytes:
    return content + bytes([draw.randrange(256)])


def packed(draw: random.Random, content: bytes) -> bytes:
    """The content in gzip or zip, or as it is."""
    how = draw.choice(["", "", "", "gzip", "zip"])
    if how == "gzip":
        return gzip.compress(content, mtime=0)
    if how == "zip":
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(draw.choice([1, 1, 1, 2])):
                archive.writestr(zipfile.ZipInfo(f"extract{number}.csv"), content)
        return held.getvalue()
    return content


def dirty_file(seed: int) -> tuple[str, bytes]:
    """Return the name and the bytes of the dirty extract of this seed."""
    draw = random.Random(seed)
    rows = clean(draw)
    for soil in draw.choices(SOIL, k=draw.choice([0, 1, 1, 2, 3])):
        soil(draw, rows)
    content = as_bytes(draw, written(draw, rows))
    for damage in draw.choices([cut, flip, odd_byte], k=draw.choice([0, 0, 1])):
        content = damage(draw, content)
    content = packed(draw, content)
    if draw.random() < 0.1:
        content = draw.choice([cut, flip])(draw, content)
    return f"dirty-{seed}" + draw.choice([".csv", ".csv", ".txt", ".csv.gz", ".zip", ""]), content

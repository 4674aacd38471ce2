"""The tables of the rulebook that comparisons go by: units of measure, and the words of names of companies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from transforms.errors import Fault
from transforms.rulebook.places import read_table

Row = Mapping[str, str]
UNITS, NAME_WORDS = "units.csv", "name_words.csv"
KINDS = ("legal form", "filler")
"""What a word of a name may be: the form of a company, or one that does not count."""


@dataclass(frozen=True)
class Tables:
    """The rows of both tables; without them each spelling of a unit is one of its own, and each word of a name counts.

    Rulebooks that homes keep of before there were such tables have none.
    """

    units: tuple[dict[str, str], ...] = ()
    name_words: tuple[dict[str, str], ...] = ()

    def unit_rows(self) -> list[dict[str, object]]:
        """Return the relation `units`."""
        return [
            {"spelling": row["spelling"], "unit": row["unit"], "factor": float(row["factor"])} for row in self.units
        ]


def read_tables(tables_dir: Path) -> tuple[Tables, list[Fault]]:
    """Return both tables, empty where the rulebook has none, and every fault of their rows."""
    units, name_words = (
        tuple(read_table(tables_dir / name)) if (tables_dir / name).is_file() else () for name in (UNITS, NAME_WORDS)
    )
    shown_as = f"{tables_dir.parent.name}/{tables_dir.name}"
    faults = [*_faults(units, f"{shown_as}/{UNITS}"), *_faults(name_words, f"{shown_as}/{NAME_WORDS}")]
    return (Tables() if faults else Tables(units, name_words)), faults


def _faults(rows: tuple[dict[str, str], ...], shown_as: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, row in enumerate(rows, start=2):
        spelling = row.get("spelling") or ""
        if not re.fullmatch(r"[^\W_]+( [^\W_]+)*", spelling) or spelling != spelling.upper():
            allowed = "capitals and digits without punctuation, such as PCS"
            yield Fault(shown_as, f"row {at}", f'"{spelling}" is not a spelling', allowed)
        if spelling in seen:
            yield Fault(shown_as, f"row {at}", f'"{spelling}" is there twice', "each spelling once")
        seen.add(spelling)
        if "factor" in row and not _is_factor(row["factor"]):
            yield Fault(shown_as, f"row {at}", f'"{row["factor"]}" is not a factor', "a number above 0, such as 12")
        if "kind" in row and row["kind"] not in KINDS:
            yield Fault(shown_as, f"row {at}", f'"{row["kind"]}" is not a kind of word', ", ".join(KINDS))
        for name in ("unit", "word") if row.get("kind") != "filler" else ():
            if row.get(name) == "":
                yield Fault(shown_as, f"row {at}", f"it has no {name}", f"the {name} that it stands for")


def _is_factor(text: str | None) -> bool:
    return bool(re.fullmatch(r"\d{1,9}(\.\d{1,12})?", text or "")) and float(text or 0) > 0

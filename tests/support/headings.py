"""Heading sets of real sources, each with five synthetic rows: what a draft is to find in them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from flows.settings import LAYOUTS, RULES
from transforms.content import read_yaml
from transforms.drafts.choose import Knowledge, draft_columns
from transforms.drafts.contents import Lists
from transforms.drafts.known import read_known
from transforms.drafts.model import Draft
from transforms.drafts.words import read_words
from transforms.layouts.read import read_layouts
from transforms.rulebook.currencies import read_currencies
from transforms.rulebook.places import read_table

FOLDER = Path(__file__).parents[1] / "fixtures" / "headings"


@dataclass(frozen=True)
class HeadingSet:
    """One heading set: where it is from, its columns, and what a draft is to find and to ask."""

    name: str
    source: str
    kind: str
    delimiter: str
    finds: dict[str, str]
    asks: list[str]
    columns: dict[str, list[str]]

    @property
    def headings(self) -> list[str]:
        return list(self.columns)

    @property
    def rows(self) -> list[list[str]]:
        return [list(row) for row in zip(*self.columns.values(), strict=True)]

    @property
    def text(self) -> str:
        """The file."""
        stream = io.StringIO()
        csv.writer(stream, delimiter=self.delimiter, lineterminator="\n").writerows([self.headings, *self.rows])
        return stream.getvalue()


def read_sets(folder: Path) -> list[HeadingSet]:
    """Return the heading sets of a folder by name."""
    return [HeadingSet(name=path.stem, **read_yaml(path, str(path))[0]) for path in sorted(folder.glob("*.yml"))]  # type: ignore[arg-type]


def knowledge() -> Knowledge:
    """Return what a draft of a home without layouts of its own knows."""
    words = read_words(LAYOUTS / "words")
    tables = RULES / "tables"
    lists = Lists(
        {row["name"] for row in read_table(tables / "country_names.csv")},
        {row["code"] for row in read_currencies(tables)},
    )
    return Knowledge(words, read_known(LAYOUTS / "known", words), read_layouts([LAYOUTS]), lists)


def drafted(one: HeadingSet, known: Knowledge) -> Draft:
    return draft_columns(one.headings, one.rows, known)

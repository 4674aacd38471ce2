"""The words that a rule may use for places, as the tables of the law know them, and the closest known word."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from transforms.errors import Fault, RulebookError
from transforms.rulebook.headings import faults_of_headings, heading_lists
from transforms.rulebook.item_facts import Term, known_terms, read_item_facts

if TYPE_CHECKING:
    from transforms.rulebook.parameter import Parameters

CHART_COLUMN = re.compile(r"[A-Z]{2}\d")


@dataclass(frozen=True)
class KnownWords:
    """The place words of the tables, over all dates: ISO2 countries, Country Groups, Country Chart columns.

    With them the parameters that a rule may name; None: a name is held against its form only.
    """

    countries: frozenset[str]
    groups: frozenset[str]
    chart_columns: frozenset[str]
    parameters: Parameters | None = None
    item_facts: Mapping[str, Term] = field(default_factory=dict)
    """The facts of an item that a row of the Commerce Control List may ask for, by their words."""
    heading_lists: frozenset[str] = frozenset()
    """The lists of HTS headings."""

    @property
    def group_words(self) -> frozenset[str]:
        """The groups, and each bare letter that stands for all of its groups (`D` for any `D:n`)."""
        return self.groups | {group.split(":")[0] for group in self.groups}


def known_words(tables_dir: Path, parameters: Parameters | None = None) -> KnownWords:
    """Return the place words of `country_names.csv`, `country_groups.csv` and `country_chart.csv`.

    With them go the `parameters` that a rule may name, see `read_parameters`.

    Raises RulebookError with a fault for every table that is missing, unreadable, empty or without its column.
    """
    faults: list[Fault] = []
    countries = _column(tables_dir / "country_names.csv", "iso2", faults)
    groups = _column(tables_dir / "country_groups.csv", "group", faults)
    chart = tables_dir / "country_chart.csv"
    header, _ = _table(chart, faults)
    chart_columns = frozenset(column for column in header if CHART_COLUMN.fullmatch(column))
    if header and not chart_columns:
        faults.append(Fault(_shown(chart), "header", "no chart column", "NS1, NS2, RS1, ..."))
    faults += faults_of_headings(tables_dir)
    if faults:
        raise RulebookError(faults)
    facts = known_terms(read_item_facts(tables_dir))
    return KnownWords(countries, groups, chart_columns, parameters, facts, heading_lists(tables_dir))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `, did you mean "X"?` for the known word closest to `word`, or the empty text when none is close."""
    by_fold = {choice.casefold(): choice for choice in sorted(known)}
    close = difflib.get_close_matches(word.strip().casefold(), by_fold, n=1, cutoff=0.6)
    return f', did you mean "{by_fold[close[0]]}"?' if close else ""


def _column(path: Path, column: str, faults: list[Fault]) -> frozenset[str]:
    header, rows = _table(path, faults)
    if header and column not in header:
        faults.append(Fault(_shown(path), "header", f'no column "{column}"', ", ".join(header)))
        return frozenset()
    values = frozenset(row[column] for row in rows if row[column])
    if header and not values:
        faults.append(Fault(_shown(path), column, "the table has no rows", "at least one row"))
    return values


def _table(path: Path, faults: list[Fault]) -> tuple[list[str], list[dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = list(reader)
    except FileNotFoundError:
        faults.append(Fault(_shown(path), "", "the table is missing", "a CSV file of this name"))
        return [], []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.append(Fault(_shown(path), "", f"the table cannot be read: {error}", "CSV in UTF-8"))
        return [], []
    if not reader.fieldnames:
        faults.append(Fault(_shown(path), "", "the table is empty", "a header and rows"))
    return list(reader.fieldnames or []), rows


def _shown(path: Path) -> str:
    return Path(*path.parts[-3:]).as_posix()

"""`parties.xlsx`: who is or may be on a list, who was listed since, who took up the parts of a listed party.

None of it is a finding by itself. Everything is written as text, numbers or dates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from transforms.pipeline import Row, Stage, give
from transforms.reports.spreadsheet import write_cells
from transforms.rulebook.listed import Listed
from transforms.rulebook.parameter import Parameters
from transforms.sheets import MOST_ROWS, new_workbook

PARTIES = Stage(
    name="reports",
    folder=Path(__file__).parents[1] / "sql" / "parties",
    reads=("subjects", "placed_lines", "current_lines", "entries_on_lists"),
    leaves=("listed_pairs",),
)
WATCH = "diversion-watch-days"
NOTICE = (
    "Facts and authorities, not legal advice. A person decides what follows. Ownership is not screened, removals before"
    " 2026 are incomplete, and parties that no column records are not seen."
)
_ASKED = (
    "select distinct unnest(from_json(listed_parties, '[{\"entry_id\": \"VARCHAR\"}]'), recursive := true) as entry_id"
    " from subjects where listed_parties <> ''"
)
_PAIR = (
    ("Party", "party"), ("Its country", "party_country"), ("Match", "band"), ("Listed name", "listed_name"),
    ("Entry", "entry_name"), ("List", "list"), ("Countries of the entry", "countries"), ("Standing", "standing"),
    ("Possible from", "possible_from"), ("Listed from", "listed_from"), ("Listed until", "listed_until"),
    ("Possible until", "possible_until"), ("Lines before", "lines_before"), ("Lines during", "lines_during"),
    ("Lines after", "lines_after"), ("Value during (USD)", "value_usd"), ("First export", "first_export_on"),
    ("Last export", "last_export_on"), ("Ruling", "ruled"), ("Citation", "citation"), ("Entry ID", "entry_id"),
)  # fmt: skip
_NEW = (
    ("New party", "party"), ("First export", "first_on"), ("Last export", "last_on"), ("Listed party", "listed_party"),
    ("Entry", "entry_name"), ("List", "list"), ("Listed on", "listed_on"), ("Parts in common", "part_count"),
    ("Parts", "parts"), ("Destinations", "destinations"), ("Same address", "is_at_address"), ("Lines", "line_count"),
)  # fmt: skip


@dataclass(frozen=True)
class PartiesTold:
    """What there is to look at."""

    pairs: Sequence[Row]
    """One row per party and entry that it is or may be."""
    newcomers: Sequence[Row]
    """One row per party that came after a listing, and listed party whose parts or address it took up."""

    def count(self, **wanted: str) -> int:
        """How many pairs have these values."""
        return sum(all(pair[name] == value for name, value in wanted.items()) for pair in self.pairs)


def tell_parties(
    connection: duckdb.DuckDBPyConnection, listed: Listed, parameters: Parameters, on: date
) -> PartiesTold:
    """Return what the lines of a screening tell of parties on lists; expects what the screening left."""
    asked = [entry_id for (entry_id,) in connection.execute(_ASKED).fetchall()]
    give(connection, "entries_on_lists", listed.rows(asked) if asked else ())
    PARTIES.make(connection, "listed_pairs")
    pairs = PARTIES.read(connection, "listed_pairs")
    if not asked or WATCH not in parameters:
        return PartiesTold(pairs, [])
    return PartiesTold(pairs, PARTIES.read(connection, "newcomers", {"days": int(parameters.number(WATCH, on))}))


def write_parties(told: PartiesTold, target: Path) -> None:
    """Write the workbook, whole or not at all."""
    since = [pair for pair in told.pairs if pair["standing"] == "listed since"]
    possible = [pair for pair in told.pairs if pair["band"] == "possible"]
    possible.sort(key=lambda pair: (-int(str(pair["lines_during"])), str(pair["party"]), str(pair["entry_id"])))
    sheets: list[tuple[str, Sequence[tuple[str, str]], Sequence[Row]]] = [
        ("Parties on lists", _PAIR, [pair for pair in told.pairs if pair["band"] == "match"]),
        ("Listed since", _PAIR, since),
        ("Possible matches", _PAIR, possible),
        ("New after a listing", _NEW, told.newcomers),
    ]
    with new_workbook(target, "Parties on lists") as book:
        day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
        about = book.add_worksheet("About")
        words = (
            NOTICE,
            "Parties on lists: a match; lines before, during and after the days of the listing.",
            "Listed since: lines left before the listing and none during it. No finding; watch who trades on.",
            "Possible matches: one ruling on a pair settles all its lines (earshot dispose --status another-party).",
            "New after a listing: first shipped to within the days of the parameter diversion-watch-days after it, with"
            " parts or an address of the listed party. A reason to look, no finding.",
        )
        for at, text in enumerate(words):
            about.write_string(at, 0, text)
        for title, columns, rows in sheets:
            sheet = book.add_worksheet(title)
            for at, (name, _) in enumerate(columns):
                sheet.write_string(0, at, name, bold)
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(columns) - 1, 18)
            for number, row in enumerate(rows[: MOST_ROWS - 1], start=1):
                write_cells(sheet, number, [_cell(row[key]) for _, key in columns], day)


def _cell(value: Any) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, list) else value

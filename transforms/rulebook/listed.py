"""The lists of parties in `rules/parties/*.csv`: who is listed, from when until when, and what the listing requires.

One row per entry of a list (an address or an order of its own is an entry of its own). Days are inclusive: on the list
for certain from `listed_from` until `listed_until` (no such days where `listed_from` is blank), perhaps from
`possible_from` until `possible_until`; blank: not known, and at the end still listed on `as_of`. A name or requirement
was last changed by the citation of `amended_on`; an alias that a later copy of the list added stands in
`younger_aliases` too, with the day of that copy. Sources: `source` and `confidence` on every row.
"""

from __future__ import annotations

import csv as text_csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from transforms.errors import Fault, RulebookError
from transforms.kept_parts import kept_tables, key_of
from transforms.rulebook.hashes import hash_files
from transforms.rulebook.words import KnownWords

ROOM = "parties"
WORDS = ("name_words.csv", "party_words.csv", "country_names.csv")
"""The tables by which names are read."""
RULINGS = "rulings.csv"
"""What people ruled on pairs of a party and an entry; a home's own lists come with it."""
SAME, ANOTHER = "same party", "another party"
RULED_ON = ("list", "name", "aliases", "countries", "address", "requirement", "wording")
"""What a ruling on an entry relies on: where one of these is another, it lapses."""
LISTS = {
    "EL": "Entity List (Supp. No. 4 to 15 CFR part 744)",
    "UVL": "Unverified List (Supp. No. 6 to 15 CFR part 744)",
    "MEU": "Military End-User List (Supp. No. 7 to 15 CFR part 744)",
    "DPL": "Denied Persons List (15 CFR 764.3(a)(2))",
    "DTC": "list of statutorily debarred parties (22 CFR part 127)",
    "ISN": "list of nonproliferation sanctions",
    "SDN": "list of Specially Designated Nationals (31 CFR chapter V)",
    "SSI": "Sectoral Sanctions Identifications List",
    "CMIC": "list of Chinese Military-Industrial Complex Companies",
    "NS-MBS": "Non-SDN Menu-Based Sanctions List",
    "PLC": "Palestinian Legislative Council List",
    "CAP": "list of foreign financial institutions under correspondent account sanctions",
}
"""The lists, by the short names that their rows have."""
REQUIREMENTS = (
    "all items", "all items, exceptions as worded", "all items but those excluded", "named projects",
    "CCL and Supplement 7", "Supplement 2", "no exceptions", "denied", "blocked", "red flag", "as worded",
)  # fmt: skip
"""What a listing requires, as the law of its list or the entry itself says."""
_TEXTS = (
    "entry_id", "list", "name", "aliases", "type", "countries", "address", "requirement", "footnotes", "programs",
    "policy", "younger_aliases", "citation", "wording", "source", "confidence",
)  # fmt: skip
_DAYS = ("possible_from", "listed_from", "amended_on", "listed_until", "possible_until", "as_of")
COLUMNS = (*_TEXTS[:12], *_DAYS, *_TEXTS[12:])
"""Every column, in order; a file may leave out those that none of its rows fills."""
_NEEDED = ("entry_id", "list", "name", "requirement", "as_of", "source", "confidence")
_WORDS = {
    "list": tuple(LISTS), "requirement": REQUIREMENTS,
    "type": ("entity", "individual", "vessel", "aircraft", "address"),
    "confidence": ("high", "medium", "low", "bounds", "unknown"),
}  # fmt: skip
"""What may stand in columns of words."""
_IN_WORDS = {"address": "addresses", "requirement": "requirements", "list": "lists", "name": "names"}
_NO_PARTIES = ["vessel", "aircraft"]
BETWEEN = {"aliases": " | ", "younger_aliases": " | ", "countries": " ", "footnotes": " ", "programs": "; "}
"""Columns that hold several values, and what stands between them."""
_SHOWN = 50


@dataclass(frozen=True, eq=False)
class Listed:
    """The lists of a rulebook, read where they are asked for."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """Content by name of the file."""
    words: Mapping[str, bytes] = field(default_factory=dict)
    """Content of the tables by which names are read (`WORDS`), by name of the file."""
    rulings: bytes = b""
    """Content of `rulings.csv`."""
    known_countries: frozenset[str] = frozenset()
    shown_as: str = f"rules/{ROOM}"
    made: Path | None = None
    """The folder where what is made of the lists is kept for the next process; nothing is kept without."""

    @cached_property
    def digest(self) -> str:
        """A hash of all rows: where it is the same, so is what follows from the lists."""
        return hash_files(sorted([*self.files.items(), *self.words.items(), (RULINGS, self.rulings)]))

    @cached_property
    def ruled(self) -> list[dict[str, str | None]]:
        """One row per ruling on a pair: who ruled what, when, and what changed of the entry since (`lapsed`)."""
        entries = {row["entry_id"]: row for row in self.entries.to_pylist()} if self.rulings else {}
        found: list[dict[str, str | None]] = []
        for row in text_csv.DictReader(io.StringIO(self.rulings.decode("utf-8-sig"))):
            entry = entries.get(row["entry_id"])
            said = json.loads(row["entry_said"] or "{}")
            lapsed = None
            if entry is None:
                lapsed = "the entry is gone"
            elif entry_fingerprint(entry) != row["entry_print"]:
                changed = [_IN_WORDS.get(name, name) for name in RULED_ON if said.get(name) != entry[name]]
                lapsed = f"the entry has other {' and '.join(changed) or 'content'} since"
            told = {name: row[name] for name in ("party", "country", "address", "entry_id", "ruling", "ruled_on")}
            found.append({**told, "ruled_by": row["ruled_by"], "lapsed": lapsed})
        return found

    def rows_of_words(self, name: str) -> list[dict[str, str]]:
        """Return the rows of a table of words, as text; none where the rulebook lacks it."""
        return list(text_csv.DictReader(io.StringIO(self.words.get(name, b"").decode("utf-8-sig"))))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listed) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    @cached_property
    def entries(self) -> pa.Table:
        """One row per entry, in order of its id. Raises RulebookError with every fault of every file."""
        if self.made is None:
            return self._entries()
        key = key_of([self.digest, *sorted(self.known_countries)], [Path(__file__)])
        return kept_tables(self.made, "lists", key, 2, lambda: {"entries": self._entries()})["entries"]

    def _entries(self) -> pa.Table:
        seen: dict[str, str] = {}
        faults: list[Fault] = []
        tables = [_texts([])]
        for name, content in sorted(self.files.items()):
            table = _read(f"{self.shown_as}/{name}", content)
            if isinstance(table, Fault):
                faults.append(table)
                continue
            faults += _faults_of(f"{self.shown_as}/{name}", table, self.known_countries, seen)
            tables.append(table)
        if faults:
            raise RulebookError(faults)
        return _typed(pa.concat_tables(tables)).sort_by("entry_id")

    def rows(self, entry_ids: Collection[str]) -> list[dict[str, object]]:
        """Return the entries of these ids, as `entries_on_lists` of the compiled law has them."""
        wanted = self.entries.filter(pc.is_in(self.entries["entry_id"], value_set=pa.array(sorted(entry_ids))))
        kept = wanted.drop_columns(["aliases", "type", "address", "policy", "source"]).to_pylist()
        return [
            {name: value for name, value in row.items() if name != "countries"}
            | {"entry_countries": row["countries"], "list_title": LISTS[row["list"]]}
            for row in kept
        ]

    def counted(self, lists: Iterable[str]) -> list[tuple[str, int, date]]:
        """Return how many entries of each of these lists are held, and the day of its text; none of absent ones."""
        held = self.entries.group_by("list").aggregate([("entry_id", "count"), ("as_of", "max")]).to_pylist()
        found = {row["list"]: (row["entry_id_count"], row["as_of_max"]) for row in held}
        return [(name, *found[name]) for name in lists if name in found]

    def first_day(self, lists: Collection[str]) -> date | None:
        """Return the first day on which somebody is on one of these lists for certain; None where nobody is."""
        wanted = self.entries.filter(pc.is_in(self.entries["list"], value_set=pa.array(sorted(lists), pa.string())))
        day: date | None = pc.min(wanted["listed_from"]).as_py()
        return day

    @cached_property
    def names(self) -> pa.Table:
        """One row per name and alias of an entry: `listed_names`, by which parties are matched.

        Vessels and aircraft are left out: they are no party to a transaction, and their names are those of many things.
        """
        columns_read = ("entry_id", "name", "aliases", "countries", "address")
        entries = self.entries.filter(pc.invert(pc.is_in(self.entries["type"], value_set=pa.array(_NO_PARTIES))))
        rows = {name: entries[name].to_pylist() for name in columns_read}
        found: list[tuple[str, str, str, list[str], str]] = []
        for entry_id, name, aliases, countries, address in zip(*rows.values(), strict=True):
            found.append((entry_id, name, "name", countries, address))
            found += [(entry_id, alias, "alias", countries, address) for alias in aliases if alias != name]
        types = dict(zip(rows["entry_id"], entries["type"].to_pylist(), strict=True))
        columns = list(zip(*found, strict=True)) if found else [()] * 5
        return pa.table(
            {
                "entry_id": pa.array(columns[0], pa.string()),
                "listed_name": pa.array(columns[1], pa.string()),
                "kind": pa.array(columns[2], pa.string()),
                "type": pa.array([types[one] for one in columns[0]], pa.string()),
                "is_weak": pa.array([False] * len(found), pa.bool_()),
                "countries": pa.array(columns[3], pa.list_(pa.string())),
                "address": pa.array(columns[4], pa.string()),
            }
        )


NO_LISTS = Listed()


def read_listed(root: Path, words: KnownWords | None, *, is_checked: bool) -> tuple[Listed, list[Fault]]:
    """Return the lists of a rulebook, and with `is_checked` every fault of them; without, they wait to be asked for.

    Of a rulebook without the folder there are none.
    """
    folder = root / ROOM
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))} if folder.is_dir() else {}
    rulings = files.pop(RULINGS, b"")
    tables = {name: (root / "tables" / name).read_bytes() for name in WORDS if (root / "tables" / name).is_file()}
    found = Listed(files, tables, rulings, frozenset(words.countries) if words else frozenset(), f"{root.name}/{ROOM}")
    try:
        _ = found.entries if is_checked else None
    except RulebookError as error:
        return found, list(error.faults)
    return found, []


def _read(file: str, content: bytes) -> pa.Table | Fault:
    """Return the rows of a file as text, with every column; a Fault where it is no table of these columns."""
    try:
        table = csv.read_csv(
            pa.BufferReader(content),
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(COLUMNS, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        return Fault(file, "", f"this is no CSV table: {error}", ", ".join(COLUMNS))
    strange = [one for one in table.column_names if one not in COLUMNS]
    missing = [one for one in _NEEDED if one not in table.column_names]
    if strange or missing:
        problem = "; ".join(
            [*(f'the column "{one}" is not known' for one in strange), *(f"{one} is missing" for one in missing)]
        )
        return Fault(file, "row 1", problem, ", ".join(COLUMNS))
    for column in COLUMNS:
        if column not in table.column_names:
            table = table.append_column(column, pa.array([""] * len(table), pa.string()))
    return table.select(COLUMNS)


def _texts(rows: Sequence[Mapping[str, str]]) -> pa.Table:
    return pa.table({column: pa.array([row[column] for row in rows], pa.string()) for column in COLUMNS})


def _typed(table: pa.Table) -> pa.Table:
    for column in _DAYS:
        blank = pc.equal(table[column], "")
        days = pc.cast(pc.if_else(blank, pa.scalar(None, pa.string()), table[column]), pa.date32())
        table = table.set_column(table.column_names.index(column), column, days)
    for column, between in BETWEEN.items():
        parts = pc.split_pattern(table[column], between)
        parts = pc.if_else(pc.equal(table[column], ""), pa.scalar([], pa.list_(pa.string())), parts)
        table = table.set_column(table.column_names.index(column), column, parts)
    return table


def _faults_of(file: str, table: pa.Table, countries: frozenset[str], seen: dict[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with the rows of a file, by row (the headings are row 1) and column."""
    found: list[Fault] = []

    def fault(at: int, column: str, problem: str, allowed: str) -> None:
        found.append(Fault(file, f"row {at + 2}, {column}", problem, allowed))

    def each(column: str, is_good: Callable[[str], bool], problem: str, allowed: str) -> None:
        bad = {value for value in pc.unique(table[column]).to_pylist() if not is_good(value)}
        for at, value in enumerate(table[column].to_pylist() if bad else ()):
            if value in bad:
                fault(at, column, problem.format(value), allowed)

    for column in _NEEDED:
        each(column, lambda value: bool(value.strip()), "blank", "a value")
    for column, known in _WORDS.items():
        each(column, ("", *known).__contains__, '"{}" is not known', ", ".join(known))
    for column in _DAYS:
        each(column, _is_day_or_blank, '"{}" is not a date', "a day such as 2024-12-26, or blank")
    if countries:
        allowed = "ISO 3166 alpha-2 codes, a blank between"
        each("countries", lambda value: countries.issuperset(value.split()), '"{}" is not known', allowed)
    for at, value in enumerate(table["entry_id"].to_pylist()):
        if seen.setdefault(value, f"{file}, row {at + 2}") != f"{file}, row {at + 2}":
            fault(at, "entry_id", f'"{value}" is also in {seen[value]}', "each id once")
    order = ("possible_from", "listed_from", "listed_until", "possible_until")
    for at, days in enumerate(zip(*(table[column].to_pylist() for column in order), strict=True)):
        stated = [day for day in days if day]
        if stated != sorted(stated):
            fault(at, "listed_from", f"the days are out of order: {', '.join(stated)}", ", ".join(order))
        if days[2] and not days[1]:
            fault(at, "listed_until", "given without listed_from", "both, or possible_until alone")
    yield from found[:_SHOWN]
    if len(found) > _SHOWN:
        yield Fault(file, "", f"and {len(found) - _SHOWN:,} more faults", "rows without faults")


def _is_day_or_blank(value: str) -> bool:
    return not value or bool(re.fullmatch(r"(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", value))


def entry_fingerprint(entry: Mapping[str, object]) -> str:
    """Return a hash of what a ruling on an entry relies on (RULED_ON)."""
    return hashlib.sha256(repr([entry[name] for name in RULED_ON]).encode()).hexdigest()[:16]

"""The rows of the lists of parties: their columns, how they are read from a file, and what may be wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import pyarrow as pa

from transforms.errors import Fault

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
BETWEEN = {"aliases": " | ", "younger_aliases": " | ", "countries": " ", "footnotes": " ", "programs": "; "}
"""Columns that hold several values, and what stands between them."""
_SHOWN = 50


def read_rows(file: str, content: bytes) -> pa.Table | Fault:
    """Return the rows of a file as text, with every column; a Fault where it is no table of these columns."""
    from pyarrow import csv

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


def text_rows(rows: Sequence[Mapping[str, str]]) -> pa.Table:
    """Return rows as text, with every column."""
    return pa.table({column: pa.array([row[column] for row in rows], pa.string()) for column in COLUMNS})


def typed_rows(table: pa.Table) -> pa.Table:
    """Return rows of text with days as dates, and lists where a column holds several values."""
    import pyarrow.compute as pc  # 40 ms: only where lists are read

    for column in _DAYS:
        blank = pc.equal(table[column], "")
        days = pc.cast(pc.if_else(blank, pa.scalar(None, pa.string()), table[column]), pa.date32())
        table = table.set_column(table.column_names.index(column), column, days)
    for column, between in BETWEEN.items():
        parts = pc.split_pattern(table[column], between)
        parts = pc.if_else(pc.equal(table[column], ""), pa.scalar([], pa.list_(pa.string())), parts)
        table = table.set_column(table.column_names.index(column), column, parts)
    return table


def faults_of_rows(file: str, table: pa.Table, countries: frozenset[str], seen: dict[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with the rows of a file, by row (the headings are row 1) and column."""
    import pyarrow.compute as pc

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

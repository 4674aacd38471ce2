"""The forms in which publishers give the lists: the Consolidated Screening List of trade.gov (CSV, JSON), the denied
persons file of BIS (tab-separated), and OFAC's SDN.CSV (without headings).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from transforms.errors import InputError

_OF_CSL = re.compile(r"\((EL|UVL|MEU|DPL|DTC|ISN|SDN|SSI|CMIC|NS-MBS List|NS-MBS|PLC|CAP)\)")
_CSL_COLUMNS = {"source", "name", "alt_names", "addresses", "programs", "type"}
_DPL_COLUMNS = {"Name", "Country", "Effective_Date", "Expiration_Date", "FR_Citation"}
_TYPES = {"entity": "entity", "individual": "individual", "vessel": "vessel", "aircraft": "aircraft"}
_ALLOWED = (
    "the Consolidated Screening List as CSV or JSON (trade.gov), the denied persons file of BIS (tab-separated), or"
    " OFAC's SDN.CSV"
)
_WITH_ADDRESSES = ("EL", "UVL", "MEU")
_COUNTRIES_ALONE = re.compile(r"([A-Z]{2}(; )?)*")
_SDN_CELLS = 12
_NONE = "-0-"
_ALIAS = re.compile(r"[af]\.k\.a\. '([^']+)'")
_LONGEST = 100_000
"""Letters of one cell: no entry comes near, and the csv reader of Python stops soon after."""


@dataclass(frozen=True)
class Published:
    """One entry as its publisher gives it; what the form does not tell is None, or empty."""

    list_name: str
    name: str
    aliases: tuple[str, ...] = ()
    type: str = ""
    countries: tuple[str, ...] | None = None
    address: str = ""
    requirement: str = ""
    programs: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    citation: str = ""
    has_all_aliases: bool = True


def read_published(path: Path) -> list[Published]:
    """Return the entries of a file; raise InputError where it has none of the known forms, or a row cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror} (allowed: a copy of a list that can be read)") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # the whole process's: only raised
    try:
        reader = _form_of(path, text)
        found = [one for one in reader(path, text) if one.name]
    except (csv.Error, RecursionError) as error:
        raise InputError(f"{path}: a row cannot be read: {error}") from error
    if not found:
        raise InputError(f"{path}: no entry of a list is in it (allowed: {_ALLOWED})")
    for one in found:
        for name in ("name", "address", "requirement", "citation"):
            _refuse_long(path, one, name, getattr(one, name))
        for name in ("aliases", "programs"):  # each is one cell of the list that is kept
            _refuse_long(path, one, name, " | ".join(getattr(one, name)))
    return found


def _refuse_long(path: Path, entry: Published, told: str, text: str) -> None:
    if len(text) > _LONGEST:
        raise InputError(
            f"{path}: the {told} of {entry.list_name} entry {entry.name[:40]!r} has {len(text):,} letters (allowed:"
            f" {_LONGEST:,}). Is a quotation mark missing in the file?"
        )


def _form_of(path: Path, text: str) -> Callable[[Path, str], Iterable[Published]]:
    head = text.lstrip()[:1]
    if head in ("{", "["):
        return _json
    first = next(csv.reader(io.StringIO(text)), [])
    if set(first) >= _CSL_COLUMNS:
        return _csl
    if set(next(csv.reader(io.StringIO(text), delimiter="\t"), [])) >= _DPL_COLUMNS:
        return _denied
    if len(first) == _SDN_CELLS and first[0].strip().isdecimal():
        return _sdn
    raise InputError(f"{path}: this is no list of parties in a known form (allowed: {_ALLOWED})")


def _csl(path: Path, text: str) -> Iterator[Published]:
    for at, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        if list_name := _list_of(row["source"] or ""):
            yield _entry(path, f"row {at}", list_name, row, _split(row["alt_names"]), row["addresses"] or "")


def _json(path: Path, text: str) -> Iterator[Published]:
    try:
        told = json.loads(text)
    except ValueError as error:
        raise InputError(f"{path}: this is no JSON: {error}") from error
    rows = told.get("results") if isinstance(told, dict) else told
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(f'{path}: it has no list of "results" (allowed: {_ALLOWED})')
    for at, row in enumerate(rows):
        list_name = _list_of(str(row.get("source") or ""))
        if not list_name or not isinstance(row.get("name"), str):
            continue
        places = [one for one in row.get("addresses") or [] if isinstance(one, dict)]
        told_at = ("address", "city", "state", "postal_code", "country")
        addresses = "; ".join(", ".join(str(one[part]) for part in told_at if one.get(part)) for one in places)
        flat = {name: "; ".join(map(str, value)) if isinstance(value, list) else value for name, value in row.items()}
        yield _entry(path, f"results[{at}]", list_name, flat, tuple(map(str, row.get("alt_names") or ())), addresses)


def _entry(
    path: Path, place: str, list_name: str, row: Mapping[str, Any], aliases: tuple[str, ...], addresses: str
) -> Published:
    return Published(
        list_name,
        _clean(row["name"]),
        tuple(dict.fromkeys(_clean(one) for one in aliases if _clean(one) not in ("", "[]"))),
        _TYPES.get(str(row.get("type") or "").lower(), ""),
        _countries(addresses),
        "" if list_name not in _WITH_ADDRESSES or _COUNTRIES_ALONE.fullmatch(addresses.strip()) else addresses,
        _clean(row.get("license_requirement")),
        _split(row.get("programs")),
        _day(path, place, "start_date", row.get("start_date")),
        _day(path, place, "end_date", row.get("end_date")),
        _clean(row.get("federal_register_notice")),
    )


def _denied(path: Path, text: str) -> Iterator[Published]:
    for at, row in enumerate(csv.DictReader(io.StringIO(text), delimiter="\t"), start=2):
        country = (row["Country"] or "").strip()
        yield Published(
            "DPL", _clean(row["Name"]), countries=(country,) if re.fullmatch("[A-Z]{2}", country) else (),
            start=_day(path, f"row {at}", "Effective_Date", row["Effective_Date"]),
            end=_day(path, f"row {at}", "Expiration_Date", row["Expiration_Date"]), citation=_clean(row["FR_Citation"]),
        )  # fmt: skip


def _sdn(path: Path, text: str) -> Iterator[Published]:
    for at, row in enumerate(csv.reader(io.StringIO(text)), start=1):
        if len(row) < _SDN_CELLS:
            if row and row[0].strip("\x1a \t"):  # the file ends with the mark of old systems for the end of a file
                raise InputError(f"{path}: row {at} has {len(row)} cells (allowed: {_SDN_CELLS}, as in SDN.CSV)")
            continue
        cells = ["" if cell.strip() == _NONE else cell.strip() for cell in row]
        programs = tuple(one for one in re.split(r"\]\s*\[", cells[3].strip("[] ")) if one)
        yield Published(
            "SDN", _clean(cells[1]), tuple(_ALIAS.findall(cells[11])), _TYPES.get(cells[2].lower(), "entity"),
            programs=programs, has_all_aliases=False,
        )  # fmt: skip


def _list_of(source: str) -> str | None:
    found = _OF_CSL.search(source)
    return found.group(1).removesuffix(" List") if found else None


def _countries(addresses: str) -> tuple[str, ...]:
    """The countries that addresses end in, as ISO codes."""
    ends = (one.rsplit(",", 1)[-1].strip() for one in addresses.split(";"))
    return tuple(dict.fromkeys(end for end in ends if re.fullmatch("[A-Z]{2}", end)))


def _split(value: object) -> tuple[str, ...]:
    return tuple(one for one in (part.strip() for part in str(value or "").split(";")) if one)


def _clean(value: object) -> str:
    return " ".join(str(value or "").split())


def _day(path: Path, place: str, column: str, value: object) -> date | None:
    text = str(value or "").strip()
    if not text:
        return None
    for form in ("%Y-%m-%d", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(text[:19], form).date()
        except ValueError:
            continue
    raise InputError(f'{path}: {place}, {column}: "{text}" is not a date (allowed: 2024-12-26 or 12/26/2024)')

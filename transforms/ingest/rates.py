"""Exchange rates that the user supplies: read strictly, and kept in the home from the moment they were known.

A later file changes nothing of what was known before, so that a run of then can be made again.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from transforms.errors import InputError
from transforms.pipeline import give

COLUMNS = ("currency", "date", "rate", "source")
_RATE = re.compile(r"[0-9]{1,8}(\.[0-9]{1,10})?")
_SHAPE = f"{','.join(COLUMNS)}; a row as EUR,2026-11-02,1.1525,ECB"


@dataclass(frozen=True)
class RateFile:
    """A file of exchange rates: its hash, and a row for each currency and day."""

    sha256: str | None
    """None where there is no file."""
    rows: tuple[dict[str, object], ...]


def read_rate_file(path: Path, codes: Collection[str]) -> RateFile:
    """Return the rates of the file, none where it does not exist; `codes` are the currencies that can be named.

    Raises InputError with every fault: its row, what is allowed, what to do.
    """
    if not path.is_file():
        return RateFile(None, ())
    content = path.read_bytes()
    faults: list[str] = []
    rows: dict[tuple[str, str], tuple[int, dict[str, object]]] = {}
    for number, cells in _rows(path, content):
        row, found = _read(cells, codes)
        if row is not None:
            first, _ = rows.setdefault((str(row["currency"]), str(row["rate_on"])), (number, row))
            if first != number:
                found = [f"{row['currency']} on {row['rate_on']} is in row {first} too (allowed: one rate per day)"]
        faults += [f"  row {number}: {fault}" for fault in found]
    if faults:
        last = f"Correct {path.name} and run the command again. No rate of it was taken up."
        raise InputError("\n".join([f"{path}: {len(faults)} faults in the exchange rates:", *faults, last]))
    return RateFile(hashlib.sha256(content).hexdigest(), tuple(row for _, row in rows.values()))


def take_up_rates(connection: duckdb.DuckDBPyConnection, file: RateFile, known_from: datetime) -> bool:
    """Have the home know the rates of the file from that moment on, in place of others; return whether it is new.

    Expects a transaction of the caller.
    """
    if file.sha256 == rates_known(connection, known_from):
        return False
    give(connection, "given_rates", file.rows, columns=_TYPES)
    values = {"known_from": known_from}
    connection.execute(
        "update rates set known_until = $known_from where known_until is null and (currency, rate_on, rate, source)"
        " not in (select (currency, rate_on, rate, source) from given_rates)", values,
    )  # fmt: skip
    connection.execute(
        "insert into rates by name select *, $known_from::timestamp as known_from from given_rates"
        " anti join (from rates where known_until is null) using (currency, rate_on)", values,
    )  # fmt: skip
    connection.execute("insert into rate_files values (?, ?, ?)", [file.sha256, len(file.rows), known_from])
    return True


def rates_known(connection: duckdb.DuckDBPyConnection, moment: datetime) -> str | None:
    """Return the sha256 of the file whose rates were known at a moment (UTC); None without any."""
    query = "select sha256 from rate_files where known_from <= ? order by known_from desc limit 1"
    return next((sha256 for (sha256,) in connection.execute(query, [moment]).fetchall()), None)


_TYPES = {"currency": "VARCHAR", "rate_on": "DATE", "rate": "DECIMAL(18,10)", "source": "VARCHAR"}


def _rows(path: Path, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank below the headings, each with its number as a spreadsheet shows it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not in UTF-8. Save it as CSV UTF-8 with the columns {_SHAPE}.") from error
    lines = list(csv.reader(text.splitlines()))
    if not lines or [one.strip().lower() for one in lines[0]] != list(COLUMNS):
        shown = ",".join(lines[0]) if lines else "nothing"
        raise InputError(f"{path}: row 1: the headings are {shown} (allowed: {_SHAPE}).")
    yield from ((at, [cell.strip() for cell in row]) for at, row in enumerate(lines[1:], start=2) if any(row))


def _read(cells: list[str], codes: Collection[str]) -> tuple[dict[str, object] | None, list[str]]:
    """Return what a row says where it is without a fault, and its faults."""
    if len(cells) != len(COLUMNS):
        return None, [f"{len(cells)} cells (allowed: {len(COLUMNS)}, as {_SHAPE})"]
    currency, day, rate, source = cells
    faults = []
    if currency not in codes or currency == "USD":
        faults.append(f"currency {currency!r} (allowed: an ISO 4217 code of tables/currencies.csv other than USD)")
    read_on = _as_date(day)
    if read_on is None:
        faults.append(f"date {day!r} (allowed: a day as 2026-11-02)")
    if not _RATE.fullmatch(rate) or not Decimal(rate):
        faults.append(
            f"rate {rate!r} (allowed: US dollars for one unit, above zero, with a decimal point, no thousands separator"
            " and at most 10 decimals)"
        )
    if not source:
        faults.append("source is blank (allowed: who published the rate)")
    if faults:
        return None, faults
    return {"currency": currency, "rate_on": read_on, "rate": Decimal(rate), "source": source}, []


def _as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None

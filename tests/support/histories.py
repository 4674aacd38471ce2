"""Histories drawn from the shipped sample: lines and filings that come by night, late, again, and restated."""

from __future__ import annotations

import csv
import io
import os
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from flows.settings import SAMPLE, SHIPPED
from tests.support.desk import Desk, make_desk
from tests.support.shipped import shipped_law, shipped_rules
from transforms.reports.run import Run, write_run
from transforms.screening.screen import screen
from transforms.store import open_store

FIRST_NIGHT = datetime(2026, 11, 22, 22)
NIGHTS = 4 if "EARSHOT_SEEDS" in os.environ else 3
"""Four with `make long`: each takes a load and a screening more, in most tests."""
AS_OF = date(2026, 11, 20)
PARQUET = ("findings", "situations", "determinations", "matches")
_LINES, _FILINGS = SAMPLE / "history.csv", SAMPLE / "filings-2026.csv"
_KEYS = {"line": ("shipment_id", "line_number"), "filings": ("itn", "line_number")}
_CHANGES: dict[str, Sequence[str]] = {
    "value_usd": ("1.00", "2400.00", "99000.00"), "destination": ("PK", "IQ", "DE"), "eccn": ("3A999", "EAR99", ""),
    "license_code": ("C33", "C60", ""), "consignee_name": ("Another Lab",), "schedule_b": ("9027504015",),
}  # fmt: skip
Row = Mapping[str, str]
Record = tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """One file: its name, what its rows are, and the rows."""

    name: str
    kind: str
    rows: tuple[Row, ...]

    @property
    def content(self) -> str:
        """The file as CSV."""
        text = io.StringIO()
        writer = csv.DictWriter(text, list(self.rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(self.rows)
        return text.getvalue()


@cache
def _sample() -> dict[str, tuple[Row, ...]]:
    """The readable lines of the sample that have filings or other lines beside them, and those filings."""
    with _FILINGS.open(encoding="utf-8", newline="") as stream:
        filings = list(csv.DictReader(stream))
    with _LINES.open(encoding="utf-8", newline="") as stream:
        lines = [one for one in csv.DictReader(stream) if _is_readable(one)]
    known = {one[field] for one in filings for field in ("itn", "shipment_reference") if one[field]}
    lines = [one for one in lines if {one["itn"], one["shipment_id"]} & known] + lines[::50]
    sums, filed_sums = _sums(lines[0], filings[0])
    return {"line": _one_each("line", [*lines, *sums]), "filings": _one_each("filings", [*filings, *filed_sums])}


def _sums(line: Row, filing: Row) -> tuple[list[Row], list[Row]]:
    """Lines that are compared in sum with filings under two ITNs: which one is named must not turn on the order."""
    lines, filings = [], []
    for shipment, number in ((f"TWO-{at}", str(part)) for at in range(6) for part in (1, 2, 3)):
        goods = {"schedule_b": "9027504015", "origin_df": "D", "eccn": "EAR99"}
        export_on = {"export_on": "2026-03-02", "usppi_id": line["usppi_id"], "invoice_number": ""}
        own = {"shipment_id": shipment, "line_number": number, "itn": "", "eei_exemption": "", "destination": "DE"}
        lines.append(
            {**line, **goods, **export_on, **own, "activity": "export", "form": "tangible", "value_usd": "3000"}
        )
        itn = f"X2026030100{shipment[-1]}00{number}"
        filed = {"shipment_reference": shipment, "itn": itn, "line_number": "1", "status": "accepted"}
        filings.append({**filing, **goods, **export_on, **filed, "destination": "PK", "value_usd": f"70{number}"})
    return lines, filings


def _is_readable(row: Row) -> bool:
    try:
        date.fromisoformat(row["export_on"]), float(row["value_usd"]), int(row["line_number"])
    except ValueError:
        return False
    return len(row["destination"]) == 2 and row["shipment_id"] != ""


def _one_each(kind: str, rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple({record(kind, row): row for row in rows}.values())


def record(kind: str, row: Row) -> Record:
    """Return what a row is known by."""
    return tuple(row[name] for name in _KEYS[kind])


def draw_nights(seed: int) -> list[Sent]:
    """Return the files of all nights: each row comes on a night, and may come again, unchanged or restated."""
    draw = random.Random(seed)
    files = []
    for kind, rows in _sample().items():
        shipments = sorted({row[_KEYS[kind][0]] for row in rows})
        chosen = set(shipments) if kind == "filings" else set(draw.sample(shipments, len(shipments) // 3))
        nights: list[list[Row]] = [[] for _ in range(NIGHTS)]
        for row in (one for one in rows if one[_KEYS[kind][0]] in chosen):
            said = row
            for night in sorted(draw.sample(range(NIGHTS), draw.choice([1, 1, 1, 2, 3]))):
                nights[night].append(said)
                said = _restated(draw, said) if draw.random() < 0.6 else said
        for night, sent in enumerate(nights):
            draw.shuffle(sent)
            day = (FIRST_NIGHT + timedelta(days=night)).date()
            files.append(Sent(f"{kind}-{day}.csv", kind, tuple(sent)))
    return sorted(files, key=lambda one: one.name[-14:])


def _restated(draw: random.Random, row: Row) -> Row:
    field = draw.choice([name for name in _CHANGES if name in row])
    return {**row, field: draw.choice(_CHANGES[field])}


def at_once(files: Sequence[Sent]) -> list[Sent]:
    """Return one file of each kind that holds what the files say in the end."""
    last: dict[str, dict[Record, Row]] = {}
    for one in files:
        last.setdefault(one.kind, {}).update({record(one.kind, row): row for row in one.rows})
    return [Sent(f"{kind}.csv", kind, tuple(rows.values())) for kind, rows in last.items()]


def cut(files: Sequence[Sent], draw: random.Random) -> list[Sent]:
    """Return each file in two, at any row."""
    halves = []
    for one in files:
        at = draw.randrange(1, len(one.rows))
        halves += [
            Sent(f"{part}-{one.name}", one.kind, rows) for part, rows in enumerate((one.rows[:at], one.rows[at:]))
        ]
    return halves


def home_with(folder: Path, files: Sequence[Sent], *, are_dated: bool = False, is_screened: bool = False) -> Desk:
    """Return a home into which the files were put, a day apart, and screened each time where that is asked for.

    `are_dated` says that their names tell their dates.
    """
    folder.mkdir()
    desk = make_desk(folder)
    for name in _KEYS if are_dated else ():
        text = (SHIPPED / "data" / "layouts" / f"{name}.yml").read_text(encoding="utf-8")
        desk.add_layout(name, text + "\nextract: {date_in_name: '-%Y-%m-%d.csv'}\n")
    for night, one in enumerate(files):
        done = desk.take(one.content, one.name, one.kind, known_from=FIRST_NIGHT + timedelta(days=night))
        assert done.adds_up and not done.quarantined
        if is_screened:
            screened(desk, keep=True)
    return desk


def screened(desk: Desk, known_at: datetime | None = None, *, keep: bool = False) -> Path:
    """Screen a home and return the folder of the run, Parquet files alone."""
    moment = known_at or FIRST_NIGHT + timedelta(days=100)
    run = Run("run", AS_OF, known_at, moment, "", "", AS_OF)
    with open_store(desk.home.database) as connection:
        screen(connection, shipped_law(), run, shipped_rules()[1], keep=keep)
        return write_run(connection, desk.home.reports, run, {}, {})


def outcome(desk: Desk, *, keep: bool = False) -> dict[str, Any]:
    """Return the current lines and filings, and the bytes of what a screening says of them."""
    folder = screened(desk, keep=keep)
    tables: dict[str, Any] = {name: (folder / f"{name}.parquet").read_bytes() for name in PARQUET}
    for table, kept in (("lines", ", context_key"), ("filings", "")):
        without = f"* exclude (batch_id, known_from, known_until, extracted_at{kept})"
        tables[table] = desk.rows(f"select {without} from {table} where known_until is null order by all")
    return tables


def count_findings(folder: Path) -> int:
    """Return how many findings a run has."""
    return int(pq.read_table(folder / "findings.parquet").num_rows)

"""A small home of the present version, kept for later ones: `python -m tests.support.old_home` writes it as an archive.

Synthetic lines drawn by a seed, and one of each thing that a home must not lose: restated lines, item records, filings,
rows in quarantine, a door stop that was let in, decisions, one that stands, holds, an archive, kept rulebooks, seals.
"""

from __future__ import annotations

import csv
import io
import os
import random
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, chdir, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from unittest.mock import patch

from flows.jobs import dispose as deciding
from flows.jobs import ingest as taking
from flows.jobs import retain as retaining
from flows.jobs import screen as screening
from flows.settings import Home
from transforms import store
from transforms.kinds import FILING
from transforms.ledger.choose import Choice
from transforms.ledger.decide import Decision
from transforms.line import NAMES
from transforms.private import make_private

FOLDER = Path(__file__).parents[1] / "fixtures" / "homes"
SEED = 4
FIRST, LAST = date(2026, 11, 17), date(2026, 11, 20)
"""The days on which it is at work, and as of which it is screened."""
EXPIRES = date(2099, 12, 31)
Cells = dict[str, str]
_PARTS = {
    "CYT-S5": ("3A999", "9027509000", "Spectral flow cytometer, 5 lasers, 64 channels"),
    "MS-TD1": ("3A999", "9027815000", "LC-MS system"),
    "PUMP-2": ("2B999", "8413702004", "Centrifugal pump, industrial"),
    "COL-18": ("EAR99", "9027905440", "HPLC column, C18"),
}
_PARTIES = {"PK": "KESTRANE LABS", "IQ": "AMBERLY TRADING", "JP": "BELMARSK SUPPLY", "DE": "VOSSLAND GMBH"}


def make(root: Path) -> Home:
    """Make the home in a folder of its own, by a clock of its own and by the person `Ada`."""
    home = Home(root)
    home.create()
    with _clock() as clock, patch.dict(os.environ, {"EARSHOT_USER": "Ada"}), patch.object(store, "BLOCK_BYTES", 16_384):
        lines = _lines(random.Random(SEED))
        gone, held = ({**line, "itn": "", "invoice_number": ""} for line in lines[:2])
        _take(home, "history-2019.csv", [{**gone, "shipment_id": "OLD-1", "export_on": "2019-03-04"}])
        held |= {"shipment_id": "OLD-2", "export_on": "2019-05-06", "consignee_name": "HELDER INSTITUTE"}
        unread = {**lines[2], "shipment_id": "ASIDE-1", "destination": "Freedonia"}
        _take(home, "lines-2026-11-16.csv", [held, *lines, lines[3], unread])
        _take(home, "items.csv", _items())
        _take(home, "filings.csv", _filings(lines))
        retaining.hold_records(home, "consignee", "Helder Institute", "asked for by BIS")
        lifted = retaining.hold_records(home, "all", "", "an audit")
        retaining.lift_records(home, lifted.hold_id, "the audit is over")
        rate = f"JPY,{FIRST - timedelta(days=300)},0.0067,ECB"
        home.rates.write_text(f"currency,date,rate,source\n{rate}\n", encoding="utf-8")
        screening.screen_home(home, FIRST)
        _decide(home)
        clock.day = LAST
        assert retaining.retain(home, LAST, 5, archive=True).rows["lines"] == 1
        settled, total = {**lines[2], "shipment_id": "ASIDE-1"}, {"shipment_id": "Total", "value_usd": "1,234.50"}
        _take(home, "lines-2026-11-19.csv", [*_restated(lines), settled, *_late(lines), total])
        nameless = [{**lines[4], "shipment_id": ""}, {**lines[5], "shipment_id": "ASIDE-2", "export_on": "soon"}]
        told_twice = [{**lines[6], "shipment_id": "TWICE-1", "quantity": count} for count in ("1", "2")]
        accepted = "the carrier confirmed that the rest is right"
        _end_a_part(home)
        _take(home, "lines-2026-11-20.csv", [*nameless, *told_twice, {**lines[7], "shipment_id": "L-20"}], accepted)
        screening.screen_home(home, LAST)
        _choose(home, "escalated", Choice(rule_id="pakistan-rs", outcome="flagged"))
    return home


def pack(home: Home, path: Path) -> Path:
    """Write the home as a tar.xz, without what is of Prefect and of the process; the same files make the same bytes."""
    kept = sorted(one for one in home.root.rglob("*") if one.is_file() and "state" not in one.parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:xz", preset=9) as archive:
        for one in kept:
            if one.name != "earshot.lock":
                entry = tarfile.TarInfo(one.relative_to(home.root).as_posix())
                entry.size = one.stat().st_size
                with one.open("rb") as stream:
                    archive.addfile(entry, stream)
    return path


def unpack(name: str, root: Path) -> Home:
    """Return a home of an earlier version, as `schema-4`, unpacked into a folder."""
    home = Home(root)
    with tarfile.open(FOLDER / f"{name}.tar.xz") as archive:
        archive.extractall(root, filter="data")
    home.create()
    make_private(root)  # else each command tells that others can read it
    return home


@dataclass
class _Clock:
    """A clock that goes on by a minute each time that it is looked at."""

    day: date = FIRST
    minutes: int = 0

    def now(self) -> datetime:
        self.minutes += 1
        return datetime.combine(self.day, time(9)) + timedelta(minutes=self.minutes)


@contextmanager
def _clock() -> Iterator[_Clock]:
    """Let flows look at a clock of this module's own."""
    clock = _Clock()
    asking = [module for name, module in sys.modules.items() if name.startswith("flows.") and hasattr(module, "now")]
    with ExitStack() as patched:
        for module in asking:
            patched.enter_context(patch.object(module, "now", clock.now))
        yield clock


def _lines(draw: random.Random) -> list[Cells]:
    """Sixteen shipments: what was shipped where, under which authority, with or without a filing."""
    found = []
    for number in range(1, 17):
        part = draw.choice(list(_PARTS))
        eccn, schedule_b, description = _PARTS[part]
        destination = ["PK", "PK", "IQ", "JP", "DE"][number % 5]
        export_on = date(2026, 1, 5) + timedelta(days=draw.randrange(300))
        itn = f"X{export_on:%Y%m%d}{draw.randrange(10**6):06d}" if draw.random() < 0.7 else ""
        code, authority = draw.choice([("C33", "NLR"), ("C33", "NLR"), ("C30", "D1234567"), ("C60", "DY6")])
        found.append({
            "shipment_id": f"L-{number}", "line_number": "1", "export_on": f"{export_on}", "activity": "export",
            "form": "tangible", "usppi_id": "00987654300", "usppi_name": "TARN & WEXLEY INSTRUMENTS, INC.",
            "consignee_name": _PARTIES[destination], "consignee_country": destination, "consignee_type": "R",
            "destination": destination, "shipped_from": "US", "part_number": part, "description": description,
            "eccn": "" if number == 9 else eccn, "schedule_b": schedule_b, "origin_df": "D", "quantity": "1",
            "uom": "NO", "value_usd": f"{draw.randrange(900, 90_000)}.50", "license_code": code,
            "license_number": authority, "itn": itn, "eei_exemption": "" if itn else "30.37(a)", "filing_option": "2",
            "transport_mode": "40", "conveyance": "PIA 701", "port_of_export": "1704", "routed": "N",
            "invoice_number": f"INV-{number}",
        })  # fmt: skip
    return found


def _restated(lines: Sequence[Cells]) -> list[Cells]:
    return [{**lines[0], "value_usd": "123.45"}, {**lines[4], "license_number": "D7654321"}, lines[8], lines[9]]


def _late(lines: Sequence[Cells]) -> list[Cells]:
    """Lines that come into a situation about which it was decided that the decision stands."""
    return [{**lines[number], "shipment_id": f"LATE-{number}", "invoice_number": ""} for number in (5, 10)]


def _items() -> list[Cells]:
    return [
        {"part_number": part, "eccn": "3A069" if part == "CYT-S5" else eccn, "description": description,
         "schedule_b": schedule_b, "valid_from": "2025-01-16", "detectors": "64" if part == "CYT-S5" else "",
         "spectral": "Y" if part == "CYT-S5" else "N"}
        for part, (eccn, schedule_b, description) in _PARTS.items()
    ]  # fmt: skip


def _filings(lines: Sequence[Cells]) -> list[Cells]:
    """Filings of most lines with an ITN, some of which say otherwise, and one of no line at all."""
    taken = [column.name for column in FILING if column.name in lines[0]]
    filed = [
        {"shipment_reference": line["shipment_id"], "status": "accepted", **{name: line[name] for name in taken}}
        for line in lines
        if line["itn"]
    ]
    filed[0]["value_usd"], filed[1]["destination"], filed[2]["license_number"] = "777", "FR", "D0000000"
    return [*filed[:-1], {**filed[-1], "itn": "X20260301999999", "shipment_reference": "NOWHERE"}]


def _end_a_part(home: Home) -> None:
    """Take two extracts of a master that is the whole of it, the later one of which lacks a part."""
    folder = home.root / "layouts"
    folder.mkdir()
    text = "id: parts\ntitle: Parts\nkind: items\nwhole: history\ncolumns: {part_number: Part No, eccn: Class}\n"
    (folder / "parts.yml").write_text(text, encoding="utf-8")
    parts = [{"Part No": part, "Class": eccn} for part, (eccn, *_) in _PARTS.items()]
    _take(home, "parts-1.csv", parts)
    _take(home, "parts-2.csv", parts[1:], "the part was deleted")


def _decide(home: Home) -> None:
    """Decide about one finding of each kind, and have one decision stand for its situation."""
    rows = _ask(home, "select rule_kind, min(finding_id) from ledger where state = 'open' group by all order by all")
    for kind, finding_id in rows:
        if kind != "eei":
            _choose(home, "authorized" if kind == "control" else "corrected", Choice(finding_ids=(finding_id,)))
    late = [row["shipment_id"] for row in _lines(random.Random(SEED)) if row["shipment_id"] in ("L-6", "L-11")]
    query = f"select situation_id, rule_id from ledger where shipment_id in {tuple(late)} and rule_kind <> 'reconcile'"
    situation_id, rule_id = _ask(home, f"{query} and state = 'open' order by all limit 1")[0]
    _choose(home, "false-alarm", Choice(situation_id=situation_id, rule_id=rule_id), EXPIRES)


def _choose(home: Home, status: str, choice: Choice, expires_on: date | None = None) -> None:
    decision = Decision(status, "as counsel said", "ticket 7", expires_on)
    deciding.dispose(home, choice, decision, "Ada", is_sure=True, standing=expires_on is not None)


def _ask(home: Home, query: str) -> list[tuple[str, ...]]:
    with store.open_store(home.database) as connection:
        return connection.execute(query).fetchall()


def _take(home: Home, name: str, rows: Sequence[Cells], accept: str | None = None) -> None:
    text = io.StringIO()
    headings = [one for one in NAMES if one in rows[0]] if name.startswith(("lines", "history")) else list(rows[0])
    writer = csv.DictWriter(text, headings, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path = home.root.parent / name
    path.write_text(text.getvalue(), encoding="utf-8")
    assert taking.ingest_file(home, path, accept=accept).adds_up


def main() -> None:
    """Make the home of the present schema, where there is none yet, beside those of earlier ones."""
    path = FOLDER / f"schema-{store.SCHEMA_VERSION}.tar.xz"
    assert not path.exists(), f"{path}: is there; a home that was written once stays as it is"
    with tempfile.TemporaryDirectory() as folder, chdir(folder):  # the database keeps paths as they are given
        print(pack(make(Path("home")), path), path.stat().st_size)


if __name__ == "__main__":
    main()

"""A home in which much has happened, its database taken away or damaged, and what a database holds."""

from __future__ import annotations

from pathlib import Path

import duckdb

from flows.jobs.ingest import ingest_file
from flows.jobs.quarantine import export_quarantine, replay_quarantine
from flows.jobs.retain import hold_records
from flows.jobs.screen import screen_home
from flows.settings import Home, now
from tests.support.desk import make_desk
from tests.support.office import CELLS, Office, lines

SEMICOLONS = ";".join(CELLS) + "\n" + ";".join((CELLS | {"shipment_id": "S"}).values()) + "\n"
NOT_KEPT = ("context_key",)
"""What is derived by a screening, and so is not there before the next one."""


def lived_through(folder: Path) -> Office:
    """Return an office with restated, dated, quarantined and replayed rows, rates, a hold, decisions, two runs."""
    office = Office(make_desk(folder))
    home = office.desk.home
    office.take({"shipment_id": "A"}, {"shipment_id": "B"})
    office.take({"shipment_id": "C", "value_usd": "much"}, {"shipment_id": "D"})
    (home.root / "rates.csv").write_text("currency,date,rate,source\nEUR,2025-02-03,1.1,ECB\n", encoding="utf-8")
    office.screen(now().date())
    office.decide("false-alarm", office.finding("A"))
    export_quarantine(home, folder / "rows.csv")
    text = (folder / "rows.csv").read_text(encoding="utf-8").replace("much", "700.00")
    (folder / "rows.csv").write_text(text, encoding="utf-8")
    replay_quarantine(home, folder / "rows.csv")
    ingest_file(home, office.desk.put(SEMICOLONS, "semi.csv"), said={"delimiter": "semicolon"})
    office.take({"shipment_id": "B", "value_usd": "90.00"})
    hold_records(home, "shipment", "A", "asked for")
    office.screen(now().date())
    office.desk.take(lines({"shipment_id": "E"}), "last.csv")  # not screened yet
    return office


def screened(home: Home) -> None:
    """Screen the present."""
    screen_home(home, now().date())


def held(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what is recorded in a database, by table; what is derived is left out."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with duckdb.connect(str(path), read_only=True) as connection:
        for (table,) in connection.execute("select table_name from duckdb_tables() where not internal").fetchall():
            if not table.startswith(("known_", "context_", "decision_")):
                left = ", ".join(NOT_KEPT) if table == "lines" else ""
                columns = f"* exclude ({left})" if left else "*"
                found[table] = connection.execute(f"select {columns} from {table} order by all").fetchall()
    return found

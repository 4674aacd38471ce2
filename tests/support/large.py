"""What benches share beside their measures: homes filled from files, a run, and what the law looks at."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from flows.jobs.ingest import ingest_file
from flows.settings import Home
from tests.support.homes import make_home
from transforms.reports.run import Run

KNOWN_FROM = datetime(2026, 11, 20)
LOOKED_AT = (
    # what `situations/sql/facts.sql` reads
    "eccn", "destination", "activity", "form", "license_code", "license_number", "exception_paragraph", "itn",
    "export_on", "eei_exemption", "filing_option", "schedule_b", "intermediate_country", "consignee_country",
    "end_user_country",
    # what `contexts/sql` reads: the key and value of a shipment, the uses of an ITN, the item, the description
    "usppi_id", "usppi_name", "consignee_name", "conveyance", "origin_df", "value_usd", "port_of_export",
    "transport_mode", "part_number", "description", "source",
    # savings, and knowledge time
    "tendered_on", "known_from", "known_until",
)  # fmt: skip
"""The columns that the facts are made from."""
PART_746 = {"cuba", "iran", "north-korea", "occupied-ukraine", "russia-belarus", "syria"}
"""The rules of embargoes and sanctions, of which a few have as many versions as all other controls."""
RUN = Run("bench", date(2026, 11, 22), None, datetime(2026, 11, 22), "", "", date(2024, 11, 25))


def home_of(root: Path, *extracts: Path) -> Home:
    """Return a home that is filled from files."""
    home = make_home(root)
    for path in extracts:
        ingest_file(home, path, known_from=KNOWN_FROM)
    return home

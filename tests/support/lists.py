"""Copies of lists in their publishers' forms, for tests. All synthetic."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

CSL = (
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice",
    "start_date", "end_date", "license_requirement", "license_policy", "alt_names",
)  # fmt: skip
SOURCES = {
    "EL": "Entity List (EL) - Bureau of Industry and Security",
    "UVL": "Unverified List (UVL) - Bureau of Industry and Security",
    "DPL": "Denied Persons List (DPL) - Bureau of Industry and Security",
    "SDN": "Specially Designated Nationals (SDN) - Treasury Department",
    "NS-MBS": "Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department",
}


def csl(*rows: dict[str, str]) -> str:
    """Return the Consolidated Screening List as CSV; `list` stands for the source."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, CSL, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        told = {name: value for name, value in row.items() if name != "list"}
        writer.writerow(dict.fromkeys(CSL, "") | {"source": SOURCES[row["list"]]} | told)
    return stream.getvalue()


def csl_json(*rows: dict[str, Any]) -> str:
    """Return the same as JSON."""
    return json.dumps({"results": [{"source": SOURCES[row["list"]], **row} for row in rows]})


def denied(*rows: dict[str, str]) -> str:
    """Return the denied persons file of BIS: tab-separated, quoted."""
    columns = (
        "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date",
        "Standard_Order", "Last_Update", "Action", "FR_Citation",
    )  # fmt: skip
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writeheader()
    writer.writerows(dict.fromkeys(columns, "") | row for row in rows)
    return stream.getvalue()


def sdn(*rows: tuple[str, str, str, str]) -> str:
    """Return OFAC's SDN.CSV of (name, type, programs, remarks)."""
    empty = "-0- "
    lines = [
        f'{at},"{name}",{kind or empty},"{programs}",{",".join([empty] * 7)},"{remarks or empty}"'
        for at, (name, kind, programs, remarks) in enumerate(rows, start=36)
    ]
    return "\n".join(lines) + "\n\x1a\n"


def entry(name: str, list_name: str = "UVL", **other: Any) -> dict[str, Any]:
    """Return one entry as it is held."""
    texts = ("type", "address", "policy", "citation", "wording")
    lists = ("aliases", "countries", "footnotes", "programs", "younger_aliases")
    days = ("possible_from", "amended_on", "listed_until", "possible_until")
    return (
        dict.fromkeys(texts, "") | {one: [] for one in lists} | dict.fromkeys(days)
        | {"entry_id": f"{list_name}-{name.lower()}", "list": list_name, "name": name, "requirement": "no exceptions",
           "listed_from": date(2024, 5, 1), "as_of": date(2026, 7, 31), "source": "held", "confidence": "high"}
        | other
    )  # fmt: skip


def held(names: Iterable[str], list_name: str = "UVL") -> list[dict[str, Any]]:
    """Return entries of these names."""
    return [entry(name, list_name) for name in names]

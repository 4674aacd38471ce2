"""The words of the law by which cells are read: names of countries, and what stands in license cells."""

from __future__ import annotations

from pathlib import Path

import duckdb

from transforms.pipeline import give
from transforms.rulebook.places import read_table


def load_forms(connection: duckdb.DuckDBPyConnection, tables: Path) -> None:
    """Make `country_forms` (a name, folded, and its code) and `license_forms`, of one row, from tables of a rulebook.

    The words of license cells are their codes, their symbols, and the codes that go with NLR.
    """
    names = read_table(tables / "country_names.csv")
    give(connection, "country_forms", [{"name": row["name"], "iso2": row["iso2"]} for row in names])
    rows = read_table(tables / "license_codes.csv")
    words = {
        "codes": sorted({row["code"] for row in rows}),
        "symbols": sorted({row["symbol"] for row in rows if row["symbol"]}),
        "nlr_codes": sorted({row["code"] for row in rows if row["symbol"] == "NLR"}),
    }
    give(connection, "license_forms", [words])

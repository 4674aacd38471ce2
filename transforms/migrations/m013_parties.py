"""To schema 13: the purchaser, the forwarding agent and addresses, by which parties are screened."""

from __future__ import annotations

from pathlib import Path

import duckdb

COLUMNS = ("purchaser_name", "purchaser_country", "forwarder_name", "consignee_address", "end_user_address")


def migrate(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Add the columns, NULL (not provided) in what is held; what is derived is made anew after."""
    del home
    for column in COLUMNS:
        connection.execute(f"alter table lines add column {column} varchar")

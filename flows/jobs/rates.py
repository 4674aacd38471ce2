"""Take up the exchange rates that the user keeps in the home."""

from __future__ import annotations

from datetime import datetime

import duckdb

from flows.settings import Home


def take_up(home: Home, connection: duckdb.DuckDBPyConnection, moment: datetime) -> None:
    """Have the home know what its rates.csv says now, from `moment` on; raise InputError with every fault of it."""
    from transforms.ingest.rates import read_rate_file, take_up_rates
    from transforms.pipeline import transaction
    from transforms.rulebook.currencies import read_currencies

    codes = {row["code"] for folder in home.tables for row in read_currencies(folder)}
    file = read_rate_file(home.rates, codes)
    with transaction(connection):
        take_up_rates(connection, file, moment)

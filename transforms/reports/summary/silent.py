"""What no count of the summary page shows, and a reader would miss: each is said in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import duckdb

from transforms.reports.amounts import count, money
from transforms.reports.run import REPORTS
from transforms.reports.summary.says import RulebookSays

PARTIES_CHECK = "destination-conflict"
"""The check that looks at the countries of the ultimate consignee and of the end user."""
_NO_LINES = "select count(*), sum(value_usd) from findings where situation_id is null having count(*) > 0"
_DECIDED = (
    "select count(*), count(distinct (source, shipment_id, line_number)) from findings where state = 'closed'"
    " having count(*) > 0"
)


def said_aloud(
    connection: duckdb.DuckDBPyConnection, says: RulebookSays, after: tuple[int, Decimal]
) -> list[str]:
    """Return the sentences. `after` are the lines that left after the lists of parties, and their value."""
    return [
        *_elsewhere(connection, is_judged=says.are_parties_judged),
        *_stale(says.lists, after),
        *(
            f"{count(findings, 'finding')} of {count(lines, 'line')} are closed by a decision. They still count on"
            " this page, because the record has not changed."
            for findings, lines in connection.execute(_DECIDED).fetchall()
        ),
        *(
            f"{count(filings, 'filing line')} in AES, worth {money(value)}, match no shipment line. They are findings;"
            " no count of lines includes them."
            for filings, value in connection.execute(_NO_LINES).fetchall()
        ),
        *(
            f"{source}: {lines:,} of {of:,} lines, worth {money(value)}, have no readable {what}. The rules used the"
            " other fields; where those were not enough, the line is undetermined."
            for source, what, lines, of, value in connection.execute(REPORTS.text("silent")).fetchall()
        ),
        *(
            f"The value of {count(without_rate, 'line')} is not recorded in US dollars and has no exchange rate for the"
            f" day; lines that record no value: {without_value:,}. No sum on this page includes them."
            " Add the rates to rates.csv in the home and screen again."
            for without_value, without_rate in connection.execute(REPORTS.text("unvalued")).fetchall()
        ),
    ]


def _stale(held: Mapping[str, date], after: tuple[int, Decimal]) -> list[str]:
    """Return in a sentence how many lines left after the copies of the lists of parties; nothing where none did."""
    lines, value = after
    if not lines:
        return []
    return [
        f"{count(lines, 'line')}, worth {money(value)}, left after the copies of the lists of parties that are held"
        f" (as of {min(held.values())}): parties that were listed since are not found. Take up newer copies: earshot"
        " lists update FILE."
    ]


def _elsewhere(connection: duckdb.DuckDBPyConnection, *, is_judged: bool) -> list[str]:
    """Say how many lines name another country than their destination in a column that no rule looks at."""
    found = connection.execute(REPORTS.text("elsewhere"), {"parties_are_judged": is_judged}).fetchall()
    who = "an intermediate consignee" if is_judged else "a consignee, intermediate consignee or end user"
    judged_by = "the destination and the countries of consignee and end user" if is_judged else "the destination alone"
    return [
        f"{source}: {lines:,} lines, worth {money(value)}, name {who} outside the country of destination."
        f" The rules used {judged_by}. Confirm the country of ultimate destination."
        for source, lines, value in found
    ]

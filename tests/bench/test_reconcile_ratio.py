"""Matching a million lines to a million filings and comparing them costs a small multiple of the bare join."""

from __future__ import annotations

import duckdb
import pytest

from flows.settings import RULES
from tests.support.comparing import NUMBERS, STATUSES
from tests.support.large import RUN
from tests.support.measure import report, take_turns, timed
from transforms.compare.compare import find_differences
from transforms.compare.read import read_comparisons
from transforms.ingest.recall import recall
from transforms.match.match import match_filings
from transforms.pipeline import give, make_view
from transforms.store import open_memory, tables_of_home

NUMBER, RATIO = 1_000_000, 5.0

LINES = """
    select
        'erp' as source, 'S-' || i as shipment_id, 1 as line_number,
        date '2024-01-01' + (i % 700)::integer as export_on,
        'export' as activity, 'tangible' as form, '123456789' as usppi_id, 'Consignee ' || i % 5000 as consignee_name,
        ['DE', 'FR', 'PK', 'JP'][1 + i % 4] as destination, 'a pump of kind ' || i % 1000 as description,
        ['EAR99', '3A999', '2B999.j'][1 + i % 3] as eccn, (9027000000 + i % 50)::varchar as schedule_b,
        'D' as origin_df, 1 + i % 20 as quantity, 'NO' as uom, 100 + i % 9000 + 0.25 as value_usd,
        'C33' as license_code, 'NLR' as license_number, 'X2024' || lpad(i::varchar, 10, '0') as itn,
        '' as eei_exemption, '40' as transport_mode, 'LH' || i % 500 as conveyance, '2704' as port_of_export,
        'N' as routed, 'INV-' || i as invoice_number, timestamp '2026-01-01' as known_from,
        hash(i) as identity_hash, hash(i) as row_hash, hash(i % 1000) as situation_key
    from range($number) as made(i)
"""
FILINGS = """
    select
        'aes' as source, itn, shipment_id as shipment_reference, line_number, 'accepted' as status, export_on,
        usppi_id as filer_id, usppi_id, destination, description, schedule_b, origin_df, uom,
        case when identity_hash % 400 = 0 then 'Another' else consignee_name end as consignee_name,
        case when identity_hash % 400 = 1 then '5A992' else eccn[:5] end as eccn,
        case when identity_hash % 400 = 2 then round(value_usd / 2) else round(value_usd) end as value_usd,
        case when identity_hash % 400 = 3 then quantity + 1 else quantity end as quantity,
        license_code, license_number, transport_mode, conveyance, port_of_export, routed, invoice_number, known_from,
        identity_hash, row_hash
    from lines
    order by hash(identity_hash)
"""
"""One in a hundred differs: one in 400 each in consignee, ECCN, value and quantity. In another order than the lines."""


def fill(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    connection.execute(tables_of_home())
    connection.execute("insert into lines by name " + LINES, {"number": number})
    connection.execute("insert into filings by name " + FILINGS)
    recall(connection, RUN.moment, STATUSES)
    give(connection, "subjects")
    make_view(connection, "placed_lines", "select *, line_situation_key as situation_key from current_lines")
    give(connection, "found")


@pytest.mark.bench
def test_reconcile_ratio():
    rules, faults = read_comparisons(RULES)
    assert not faults
    with open_memory() as connection:
        fill(connection, NUMBER)

        def matched() -> float:
            return timed(lambda: match_filings(connection, RUN.moment, NUMBERS))

        def compared() -> float:
            return timed(lambda: find_differences(connection, rules, NUMBERS))

        def bare() -> float:
            query = (
                "create or replace temp table joined as select l.*, f.* from lines l join filings f on l.itn = f.itn"
            )
            seconds = timed(lambda: connection.execute(query))
            connection.execute("drop table joined")
            return seconds

        spent = take_turns({"match": matched, "differences": compared, "bare join": bare}, times=5)
        found = connection.execute("select count(*), count(distinct rule_id) from compared").fetchone()
    assert found is not None
    assert NUMBER * 0.009 < found[0] < NUMBER * 0.011
    assert found[1] == 5, "value differences are found as such, or as declared low"
    ratios = [(match + compare) / join for match, compare, join in zip(*spent.values(), strict=True)]
    assert report("reconcile 1,000,000 lines / bare join", ratios, RATIO, spent) <= RATIO

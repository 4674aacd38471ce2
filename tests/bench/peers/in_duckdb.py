"""The rules in DuckDB, one query per rule over one table: `load CSV STORE`, then `screen STORE FINDINGS`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date

import duckdb

from tests.bench.peers import law

CLAIM = """
case
    when license_code = 'C30' then if(regexp_full_match(license_number, '[A-Z][0-9]{{6}}'), 'license', 'unknown')
    when license_code = 'C33' then if(license_number in ('', 'NLR'), 'nlr', 'unknown')
    when symbol is null or license_number not in ('', symbol) then 'unknown'
    when symbol in ('GBS', 'TSR') then if(destination in {within}, symbol, symbol || ' elsewhere')
    else trim(symbol || ' ' || exception_paragraph)
end
"""
RULE = """
insert into findings
with reached as (
    select
        *, {symbol} as symbol, {claim} as claim, destination in {not_sure} {in_time} as is_in_doubt, {early} as is_early
    from lines
    where {at}
)
select
    shipment_id, line_number, '{id}',
    if(claim in {flagged} and not is_in_doubt and not ({held}), 'flagged', 'undetermined')
from reached
where claim not in {clear} and not ({saved})
"""
LOW_VALUE = """
insert into findings
with exports as (from lines where activity = 'export' and form = 'tangible' and destination <> 'CA'),
sums as (
    select {group}, round(sum(greatest(value_usd, 0)), 2) as total from exports group by all having total > {limit}
)
select shipment_id, line_number, '{id}', if(itn = '', 'flagged', 'undetermined')
from exports join sums using ({group})
where not regexp_full_match(itn, 'X[0-9]{{14}}') and eei_exemption in ('', 'NOEEI 30.37(a)')
    and length(schedule_b) = 10
"""


def load(csv: str, store: str) -> None:
    types = {"export_on": "DATE", "tendered_on": "DATE", "value_usd": "DOUBLE", "line_number": "INTEGER"}
    with duckdb.connect(store) as connection:
        columns = ", ".join(
            f"try_cast({name} as {types[name]}) as {name}" if name in types else f"coalesce({name}, '') as {name}"
            for name in connection.execute(f"from read_csv('{csv}', all_varchar = true) limit 0").df()
        )
        connection.execute(f"create table lines as select {columns} from read_csv('{csv}', all_varchar = true)")


def words(values: Iterable[str]) -> str:
    """A list of SQL; one that holds nothing of the column, if it is empty."""
    return "(" + ", ".join(f"'{value}'" for value in sorted(values) or ["-"]) + ")"


def query(rule: law.Control) -> str:
    """The query of one rule."""
    at = [f"destination in {words(rule.places | rule.places_in_doubt)}", f"activity in {words(rule.activities)}",
          f"export_on >= {day(rule.first)}"]  # fmt: skip
    if rule.items:
        at += [f"eccn[:5] in {words(rule.items)}", f"eccn not in {words(rule.but)}"]
    within = f" and eccn[:5] in {words(rule.items_in_doubt)}" if rule.items_in_doubt else ""
    early = saved = held = "false"
    if rule.en_route_on:
        early = f"tendered_on <= {day(rule.en_route_on)} and destination not in {words(rule.not_saved)}"
        saved = f"is_early and export_on < {day(rule.exported_before)}" if rule.exported_before else "false"
        held = f"is_early and export_on = {day(rule.exported_before)}" if rule.exported_before else "is_early"
    symbols = "case license_code " + " ".join(f"when '{code}' then '{name}'" for code, name in law.SYMBOLS.items())
    return RULE.format(
        symbol=symbols + " end", claim=CLAIM.format(within=words(law.WITHIN_B)), id=rule.id, early=early, saved=saved,
        held=held, not_sure=words(rule.places_in_doubt - rule.places), at=" and ".join(at),
        in_time=f"or (export_on <= {day(rule.doubt_until)}{within})", flagged=words(rule.flagged),
        clear=words(rule.clear),
    )  # fmt: skip


def day(value: date) -> str:
    return f"date '{value}'"


def screen(store: str, findings: str) -> None:
    with duckdb.connect(store, read_only=True) as connection:
        connection.execute(
            "create temp table findings (shipment_id varchar, line_number integer, rule_id varchar, outcome varchar)"
        )
        for rule in law.CONTROLS:
            connection.execute(query(rule))
        group = ", ".join(law.GROUP)
        connection.execute(LOW_VALUE.format(group=group, limit=law.LIMIT_USD, id=law.LOW_VALUE))
        connection.execute(f"copy findings to '{findings}' (format parquet)")


if __name__ == "__main__":
    {"load": load, "screen": screen}[sys.argv[1]](*sys.argv[2:])

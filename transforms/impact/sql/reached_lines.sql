-- Which lines of the period are in a situation of which the two laws say different things? One row per line.
with reached as materialized (
    select line_row, situation_key, shipment
    from past_lines
    semi join (select distinct situation_key from changes) using (situation_key)
)

select
    r.situation_key, r.line_row, r.shipment, l.export_on, l.tendered_on, l.value_usd, l.part_number, l.consignee_name,
    l.destination
from reached as r
join lines as l on l.rowid = r.line_row

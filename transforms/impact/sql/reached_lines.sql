-- Which lines of the period are in a situation of which the two laws say different things? One row per line.
with reached as materialized (
    select line_row
    from past_lines
    semi join (select distinct situation_key from changes) using (situation_key)
)

select
    situation_key, line_row, source, shipment_id, line_number, export_on, tendered_on, value_usd, part_number,
    consignee_name, destination
from placed_lines
semi join reached using (line_row)

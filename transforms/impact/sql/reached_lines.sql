-- Which lines of the period are in a situation of which the two laws say different things? One row per line.
select
    situation_key, line_row, source, shipment_id, line_number, export_on, tendered_on, value_usd, part_number,
    consignee_name, destination
from placed_lines
where situation_key in (select situation_key from changes) and export_on between $first_day and $last_day

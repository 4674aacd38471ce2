-- Which lines are of the period, and in which situation is each? One row per line: all that most questions need to know
-- of most lines. `shipment` is one of a shipment's lines: the numbers of shipments themselves take long to fetch line
-- by line.
select line_id, situation_key, export_on, hash(source, shipment_id) as shipment
from placed_lines
where export_on between $first_day and $last_day

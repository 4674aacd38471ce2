-- Which lines of the period are in a situation of which the two laws say different things? One row per line.
select line_id, situation_key, shipment
from past_lines
semi join (select distinct situation_key from changes) using (situation_key)

-- What is recorded of the lines of the period of which the two laws say different things? One row per line.
select
    r.situation_key, r.line_id, r.shipment, l.export_on, l.tendered_on, l.value_usd, l.part_number, l.consignee_name,
    l.destination
from reached_situations as r
join fetched_lines as l using (line_id)

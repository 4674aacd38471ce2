-- Which lines of this batch were known before, and did they change? One row per such line, with its current
-- version. Hashes find the `pairs`, the identity itself confirms them.
select
    p.arrived_row, p.held_row, arrived.row_hash = held.row_hash as is_same,
    coalesce(arrived.extracted_at < held.extracted_at, false) as is_older,
    coalesce(arrived.extracted_at > held.extracted_at, false) as is_newer
from pairs as p
join lines as arrived on arrived.rowid = p.arrived_row
join lines as held on held.rowid = p.held_row
where held.source = arrived.source
    and held.shipment_id = arrived.shipment_id
    and held.line_number = arrived.line_number

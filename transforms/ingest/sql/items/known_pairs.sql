-- Which item records of this batch were known before, and did they change? One row per such record, with its current
-- version. Hashes find the pair, the identity itself confirms it. Of a long history the hashes alone are read, and of
-- the rest what comes again.
with pairs as materialized (
    select l.rowid as held_row, a.arrived_row
    from items as l
    join arrived_rows as a using (identity_hash)
    where l.batch_id <> $batch_id and l.known_until is null
)

select
    p.arrived_row, p.held_row, arrived.row_hash = held.row_hash as is_same,
    coalesce(arrived.extracted_at < held.extracted_at, false) as is_older,
    coalesce(arrived.extracted_at > held.extracted_at, false) as is_newer
from pairs as p
join items as arrived on arrived.rowid = p.arrived_row
join items as held on held.rowid = p.held_row
where held.source = arrived.source
    and held.part_number = arrived.part_number
    and held.valid_from is not distinct from arrived.valid_from

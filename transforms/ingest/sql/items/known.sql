-- Which item records of this batch were known before, and did they change? One row per such record, with its current
-- version. Hashes find the pair, the identity itself confirms it.
select arrived.rowid as arrived_row, held.rowid as held_row, arrived.row_hash = held.row_hash as is_same,
    coalesce(arrived.extracted_at < held.extracted_at, false) as is_older,
    coalesce(arrived.extracted_at > held.extracted_at, false) as is_newer
from items as held
join items as arrived on arrived.identity_hash = held.identity_hash
where arrived.batch_id = $batch_id
    and held.batch_id <> $batch_id
    and held.known_until is null
    and held.source = arrived.source
    and held.part_number = arrived.part_number
    and held.valid_from is not distinct from arrived.valid_from

-- Which lines of filings in this batch were known before, and did they change? One row per such line, with its current
-- version. Hashes find the pair, the identity itself confirms it.
select arrived.rowid as arrived_row, held.rowid as held_row, arrived.row_hash = held.row_hash as is_same,
    coalesce(arrived.extracted_at < held.extracted_at, false) as is_older,
    coalesce(arrived.extracted_at > held.extracted_at, false) as is_newer
from filings as held
join filings as arrived on arrived.identity_hash = held.identity_hash
where arrived.batch_id = $batch_id
    and held.batch_id <> $batch_id
    and held.known_until is null
    and held.source = arrived.source
    and held.itn = arrived.itn
    and held.line_number = arrived.line_number

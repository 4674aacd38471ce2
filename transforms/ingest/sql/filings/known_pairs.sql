-- Which lines of filings in this batch were known before, and did they change? One row per such line, with its current
-- version. What was sent to AES earlier is older, whatever file it comes in. Hashes find the pair, the identity itself
-- confirms it. Of a long history the hashes alone are read, and of the rest what comes again.
with pairs as materialized (
    select l.rowid as held_row, a.arrived_row
    from filings as l
    join arrived_rows as a using (identity_hash)
    where l.batch_id <> $batch_id and l.known_until is null
)

select
    p.arrived_row, p.held_row, arrived.row_hash = held.row_hash as is_same,
    coalesce(arrived.extracted_at < held.extracted_at, false)
        or coalesce(arrived.transmitted_at < held.transmitted_at, false) as is_older,
    coalesce(arrived.extracted_at > held.extracted_at, false) as is_newer
from pairs as p
join filings as arrived on arrived.rowid = p.arrived_row
join filings as held on held.rowid = p.held_row
where held.source = arrived.source
    and held.itn = arrived.itn
    and held.line_number = arrived.line_number

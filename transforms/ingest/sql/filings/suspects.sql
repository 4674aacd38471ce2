-- Which rows of the file may have to be set aside? One row per row whose line of a filing was not loaded, or
-- is told in two
-- ways; with `is_of_conflicts` the latter alone.
with identified_rows as (
    select row_number, hash(source, read_itn(itn), read_integer(line_number)) as looked_hash
    from incoming
)

select row_number
from identified_rows
where looked_hash in (select identity_hash from repeats where is_conflict)
    or (not $is_of_conflicts and looked_hash not in (select identity_hash from filings where batch_id = $batch_id))

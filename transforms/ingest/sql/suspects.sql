-- Which rows of the file may have to be set aside? One row per row whose line was not loaded, or is told by another row
-- too.
with identified_rows as (
    select row_number, hash(source, shipment_id, read_integer(line_number)) as looked_hash
    from incoming
)

select row_number
from identified_rows
where looked_hash not in (select identity_hash from lines where batch_id = $batch_id)
    or row_number in (select row_number from told_again)

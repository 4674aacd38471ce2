-- Which rows share their line with another row of the file? One row per such row, readable or not, by its number. A row
-- that does not say of which line it is shares none.
with identified_rows as (
    select
        row_number, hash(source, shipment_id, read_integer(line_number)) as looked_hash,
        shipment_id <> '' and read_integer(line_number) is not null as is_named
    from incoming
),

shared as (
    select looked_hash from identified_rows group by looked_hash having count(*) > 1
)

select row_number
from identified_rows
where looked_hash in (select looked_hash from shared) and is_named

-- Which rows share their item record with another row of the file? One row per such row, readable or not, by its
-- number. A row that does not say of which part it is shares none.
with identified_rows as (
    select
        row_number, hash(source, part_number, read_date(valid_from, $valid_from_forms, $time_zone)) as looked_hash,
        part_number <> '' as is_named
    from incoming
),

shared as (
    select looked_hash from identified_rows group by looked_hash having count(*) > 1
)

select row_number
from identified_rows
where looked_hash in (select looked_hash from shared) and is_named

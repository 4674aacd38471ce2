-- Which rows of the file may have to be set aside? One row per row whose item record was not loaded, or is told in two
-- ways.
select *
from incoming
where hash(source, part_number, read_date(valid_from, $valid_from_forms, $time_zone)) not in (
    select identity_hash from items where batch_id = $batch_id
)
    or hash(source, part_number, read_date(valid_from, $valid_from_forms, $time_zone)) in (
        select identity_hash from repeats where is_conflict
    )

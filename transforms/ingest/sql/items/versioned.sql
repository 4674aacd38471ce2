-- What is stored of a readable row of the item master? One row per row;
-- the hashes tell same, changed and new rows apart.
select
    * exclude (row_number, recorded, is_unread),
    $batch_id::integer as batch_id,
    $known_from::timestamp as known_from,
    null::timestamp as known_until,
    $extracted_at::timestamp as extracted_at,
    hash(source, part_number, valid_from) as identity_hash,
    hash(
        eccn, valid_until, description, schedule_b, detectors, spectral, top_down_proteomics, fda_device
    ) as row_hash
from typed
where not is_unread

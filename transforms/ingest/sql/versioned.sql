-- What is stored of a readable row? One row per row: the version of its record that begins with this batch.
select
    *,
    $batch_id::integer as batch_id,
    null::timestamp as known_until,
    $extracted_at::timestamp as extracted_at
from hashed_rows

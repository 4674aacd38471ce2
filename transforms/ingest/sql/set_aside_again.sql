-- Which rows that stood in quarantine does this batch set aside again?
-- One row per record, with when that was first done.
select held.row_key, min(held.first_at) as first_at
from quarantine as held
where held.source = $source and held.kind = $kind and held.settled_at is null and held.batch_id <> $batch_id
    and held.row_key in (select row_key from quarantine where batch_id = $batch_id)
group by held.row_key

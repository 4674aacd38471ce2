-- Which rows that stood in quarantine does this batch bring so that they can be read? One row per such row. What was
-- taken before the extract that they stood in is no answer to it.
select held.row_key
from quarantine as held
join batches as b using (batch_id)
where held.source = $source and held.kind = $kind and held.settled_at is null and held.batch_id <> $batch_id
    and coalesce($extracted_at::timestamp >= b.extracted_at, true)
    and held.row_key in (select row_key from arrived_keys)

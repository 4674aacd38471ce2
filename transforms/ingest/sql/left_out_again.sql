-- Which rows that stood in quarantine does this batch bring as rows that are left out? One row per such row. What was
-- taken before the extract that they stood in is no answer to it.
with came as (
    select distinct key_of_aside(kind, source, identity, cells, null::varchar) as row_key
    from left_out
    where batch_id = $batch_id
)

select held.row_key
from quarantine as held
join batches as b using (batch_id)
join came using (row_key)
where held.source = $source and held.kind = $kind and held.settled_at is null and held.batch_id <> $batch_id
    and coalesce($extracted_at::timestamp >= b.extracted_at, true)

-- How many rows of this source and kind stood in quarantine before this batch? One number.
select count(*)
from quarantine
where source = $source and kind = $kind and settled_at is null and batch_id <> $batch_id

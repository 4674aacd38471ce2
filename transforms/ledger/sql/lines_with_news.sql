-- Of which lines is there something to tell? One row per line and version of then; before a first screening nothing was
-- told of any.
select distinct source, shipment_id, line_number, line_batch_before as line_batch
from moved_findings
where event is not null and not $is_first

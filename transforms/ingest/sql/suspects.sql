-- Which rows of the file may have to be set aside? One row per row whose line was not loaded, or is told in two ways.
select *
from incoming
where hash(source, shipment_id, read_integer(line_number)) not in (
    select identity_hash from lines where batch_id = $batch_id
)
    or hash(source, shipment_id, read_integer(line_number)) in (select identity_hash from repeats where is_conflict)

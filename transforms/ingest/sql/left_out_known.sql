-- Which lines of earlier files does this batch bring as rows that are left out? One row: how many current ones.
with told as (
    select distinct source, identity[1] as shipment_id, try_cast(identity[2] as integer) as line_number
    from left_out
    where batch_id = $batch_id and identity is not null
)

select count(*) as line_count
from lines as l
semi join told as t on t.source = l.source and t.shipment_id = l.shipment_id and t.line_number = l.line_number
where l.known_until is null and l.batch_id <> $batch_id

-- For which lines may other records add something else now? One row per line: those of the days of what changed (a shipment
-- is of one day), and those with an ITN of what changed.
select *, batch_id > $since as has_come
from (
    select
        *, export_on in (select export_on from changed_lines) as is_of_day,
        coalesce(itn_hash in (select itn_hash from changed_lines where itn_hash is not null), false) as is_of_itn
    from current_lines
)
where is_of_day or is_of_itn

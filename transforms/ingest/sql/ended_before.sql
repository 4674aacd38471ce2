-- Which records that this extract brings did one that was taken later, and is the whole of their days, not have? One
-- row per record: the extract that lacks it. It came late, and what it tells ended before we learned of it.
select k.identity_hash, k.identity, k.batch_id as version_batch_id, k.export_on, max(b.batch_id) as missing_in
from kept_records as k
join (select batch_id, extracted_at, unnest(whole_periods) as period from batches
    where source = $source and kind = $kind and extracted_at > $extracted_at) as b
    on k.export_on between b.period.from_on and b.period.until_on
where k.batch_id = $batch_id and k.known_until is null
    and not exists (
        select 1 from quarantine as q
        where q.batch_id = b.batch_id and q.kind = $kind
            -- a row of which not all tells which record it is may be this one
            and (q.identity is null or q.identity = k.identity
                or len(list_filter(q.identity, lambda one: one is null)) > 0)
    )
group by all

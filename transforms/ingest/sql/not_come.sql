-- Which records that are known of the days of this extract did not come with it, readable? One row per record, its
-- current version. What an extract taken later told is none of them.
with came as (
    select distinct identity_hash from kept_records where batch_id = $batch_id
),

places as materialized (
    select k.place
    from kept_records as k
    anti join came using (identity_hash)
    where k.source = $source and k.batch_id <> $batch_id and k.known_until is null
        and ($whole = 'history' or k.export_on between $first_on and $last_on)
        and ($whole <> 'month' or date_trunc('month', k.export_on)::date in (select from_on from whole_periods))
        and not coalesce(k.extracted_at > $extracted_at::timestamp, false)
        and not coalesce(k.batch_id > $told_by, false)
)

select k.identity_hash, k.identity, k.batch_id as version_batch_id, k.export_on
from kept_records as k
join places using (place)

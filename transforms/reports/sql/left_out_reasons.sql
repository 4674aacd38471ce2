-- Which rows of the files that were loaded until the moment are left out, and why? One row per reason. A record that is
-- left out of many files counts once; of a file that was read again, the last reading counts.
with last_readings as (
    select max(batch_id) as batch_id
    from batches
    where known_from <= $moment
    group by source, kind, sha256, replayed_batch_id
)

select reason, count(distinct (source, kind, coalesce(identity, cells))) as row_count
from left_out
semi join last_readings using (batch_id)
group by reason
order by row_count desc, reason

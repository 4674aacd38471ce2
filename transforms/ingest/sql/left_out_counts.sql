-- How many rows of the batch were left out, and why? One row per reason.
select reason, count(*) as row_count
from left_out
where batch_id = $batch_id
group by reason
order by row_count desc, reason

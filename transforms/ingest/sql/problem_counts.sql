-- What is wrong with the rows of this batch that were set aside? One row per column and reason.
with single_problems as (
    select row_number, unnest(problems) as problem
    from quarantine
    where batch_id = $batch_id
)

select problem['column_name'], problem['reason'], count(distinct row_number) as row_count
from single_problems
group by all
order by row_count desc, 1, 2

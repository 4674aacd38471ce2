-- How many rows of this batch were set aside for each kind of problem? One row per code.
with single_problems as (
    select row_number, unnest(problems) as problem
    from quarantine
    where batch_id = $batch_id
)

select problem['code'] as code, count(distinct row_number) as row_count
from single_problems
group by code
order by row_count desc, code

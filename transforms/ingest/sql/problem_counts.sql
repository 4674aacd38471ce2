-- What is wrong with the rows of this batch that were set aside? One row per column and code.
with single_problems as (
    select row_number, unnest(problems) as problem
    from quarantine
    where batch_id = $batch_id
)

select
    problem['column_name'] as column_name, problem['code'] as code, any_value(problem['reason']) as reason,
    count(distinct row_number) as row_count
from single_problems
group by column_name, code
order by row_count desc, column_name, code

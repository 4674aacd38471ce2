-- How full is a staged column, how many values has it, and which is one of them? One row. Each text is trimmed once, as
-- most are told in many rows.
with told_texts as (
    select told, count(*) as rows_of_it from told_column group by told
),

told_values as (
    select nullif(trim(told), '') as told, sum(rows_of_it) as rows_of_it from told_texts group by all
)

select coalesce(sum(rows_of_it), 0)::bigint as filled, count(*) as distinct_values, min(told) as sample
from told_values
where told is not null

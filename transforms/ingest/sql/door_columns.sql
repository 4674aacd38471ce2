-- What does each column of the sample hold? One row per column that is known at all. Of numbers also how many are zero or
-- less, the middle one and the one that 99 of 100 do not pass.
with told as (
    from (unpivot (select columns(*)::varchar from door_sample) on columns(*) into name column_name value told)
),

asked as (select unnest($forms, recursive := true)),

read as (
    select
        column_name, told, form,
        case when is_number then try_cast(told as double) end as number
    from told
    join asked using (column_name)
    where told <> ''
)

select
    column_name, count(*) as filled,
    count(*) filter (form <> '' and not regexp_full_match(told, form)) as outside,
    count(*) filter (number <= 0) as nonpositive,
    quantile_cont(number, 0.5) as middle, quantile_cont(number, 0.99) as high
from read
group by column_name
order by column_name

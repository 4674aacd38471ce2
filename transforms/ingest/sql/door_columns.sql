-- What does each column of the sample hold? One row per column that is known at all. Of numbers also how many are zero
-- or less, the middle one and the one that 99 of 100 do not pass. A form is held against each distinct value once.
with told_values as (
    from (unpivot (select columns(*)::varchar from door_sample) on columns(*) into name column_name value told)
),

asked_columns as (select unnest($forms, recursive := true)),

filled_columns as (
    select
        column_name, count(*) as filled,
        count(*) filter (number <= 0) as nonpositive,
        quantile_cont(number, 0.5) as middle, quantile_cont(number, 0.99) as high
    from (
        select column_name, case when is_number then try_cast(told as double) end as number
        from told_values
        join asked_columns using (column_name)
        where told <> ''
    )
    group by column_name
),

formed_values as (
    select column_name, told, form, count(*) as row_count
    from told_values
    join (from asked_columns where form <> '') using (column_name)
    where told <> ''
    group by all
),

outside_values as (
    select column_name, sum(row_count) as outside
    from formed_values
    where not regexp_full_match(told, form)
    group by column_name
)

select column_name, filled, coalesce(outside, 0)::bigint as outside, nonpositive, middle, high
from filled_columns
left join outside_values using (column_name)
order by column_name

-- Which of the columns that rules need does each line record? One row per combination, with its lines.
with told_columns as (
    select line_key, column_name
    from (
        unpivot (select row_number() over () as line_key, columns(*)::varchar from looked_records)
        on columns(* exclude (line_key)) into name column_name value told
    )
    where told <> '' and list_contains($wanted::varchar[], column_name)
),

told_lines as (
    select line_key, list(column_name order by column_name) as recorded from told_columns group by line_key
)

select recorded, count(*) as line_count
from told_lines
group by recorded
order by recorded

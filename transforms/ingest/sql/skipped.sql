-- How many rows that are no CSV stand before a row that is? One row per place where that number grows.
-- The n-th row that is CSV is row n + skipped_rows of the file, with the last place up to n. What is wrong with a row
-- that is no CSV is said of no column.
with numbered_rows as (
    select row_number, row_number() over (order by row_number) as skipped_rows
    from quarantine
    where batch_id = $batch_id and problems[1]['column_name'] = ''
)

select row_number - skipped_rows + 1 as place, max(skipped_rows) as skipped_rows
from numbered_rows
group by place

-- What is in each column of the file? One row per column, by its place from 0: how many rows fill it, how many values
-- it has, and the first cells.
with told_cells as (
    select row_number, unnest(range(len(cells))) as place, trim(unnest(cells)) as told
    from incoming
)

select
    place::bigint as place,
    count(*) filter (told <> '') as filled,
    count(distinct told) filter (told <> '') as distinct_count,
    coalesce(min_by(told, row_number, 50) filter (told <> ''), []::varchar[]) as samples
from told_cells
group by place
order by place

-- What stands in the first rows? One row per column, by its place from 0, with its values in the order of the file.
with told_cells as (
    select row_number, unnest(range(len(cells))) as place, trim(unnest(cells)) as told
    from incoming
    where row_number <= $most
)

select place::bigint as place, list(told order by row_number) as told
from told_cells
where told <> ''
group by place
order by place

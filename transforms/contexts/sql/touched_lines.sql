-- For which lines may other records add something else now? One row per line: those of the days of what changed (a shipment
-- is of one day), and those with an ITN of what changed.
-- Few columns first, and by joins: what a join looks for is known to the scan, so most of a long history is never read.
with touched as (
    select line_row, true as is_of_day, false as is_of_itn
    from current_lines
    semi join (select distinct export_on from changed_lines) using (export_on)
    union all
    select line_row, false, true
    from current_lines
    semi join (select distinct itn_hash from changed_lines where itn_hash is not null) using (itn_hash)
),

once as (
    select line_row, bool_or(is_of_day) as is_of_day, bool_or(is_of_itn) as is_of_itn from touched group by line_row
)

select l.*, t.is_of_day, t.is_of_itn, l.batch_id > $since as has_come
from current_lines as l
join once as t using (line_row)

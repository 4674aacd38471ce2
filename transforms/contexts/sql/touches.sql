-- Which lines may other records add something else to now? One row per line: those of the days of what changed (a
-- shipment is of one day), and those with an ITN of what changed.
-- By joins: what a join looks for is known to the scan, so most of a long history is never read.
with single_touches as (
    select line_id, true as is_of_day, false as is_of_itn
    from current_lines
    semi join (select distinct export_on from changed_lines) using (export_on)
    union all
    select line_id, false, true
    from current_lines
    semi join (select distinct itn_hash from changed_lines where itn_hash is not null) using (itn_hash)
)

select line_id, bool_or(is_of_day) as is_of_day, bool_or(is_of_itn) as is_of_itn
from single_touches
group by line_id

-- Which lines may other records add something else to now? One row per line: those of the days of what changed (a
-- shipment is of one day), those with an ITN of what changed, and those under License Exception LVS in its orders.
-- By joins: what a join looks for is known to the scan, so most of a long history is never read.
with single_touches as (
    select line_id, true as is_of_day, false as is_of_itn, false as is_of_order
    from current_lines
    semi join (select distinct export_on from changed_lines) using (export_on)
    union all
    select line_id, false, true, false
    from current_lines
    semi join (select distinct itn_hash from changed_lines where itn_hash is not null) using (itn_hash)
    union all
    select line_id, false, false, true
    from current_lines
    semi join (select distinct source, order_number from changed_lines) using (source, order_number)
    where license_code = 'C35' or license_number = 'LVS'
    union all
    select line_id, false, false, true
    from current_lines
    semi join (select distinct source, shipment_id from changed_lines) using (source, shipment_id)
    where license_code = 'C35' or license_number = 'LVS'
)

select
    line_id, bool_or(is_of_day) as is_of_day, bool_or(is_of_itn) as is_of_itn, bool_or(is_of_order) as is_of_order
from single_touches
group by line_id

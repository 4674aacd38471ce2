-- What do the groups of these lines come to? One row per line of `filing_lines` that turns on the value of its
-- shipment: US dollars, and how many lines go together (15 CFR 30.37(a)).
with grouped_lines as (
    select line_id, export_on, value_key
    from fetched_lines
    where line_id in (select line_id from filing_lines) and value_key is not null
        and (
            line_situation_key in (select situation_key from valued_situations)
            or line_id in (select line_id from aes_states)
        )
),

sums as (
    select
        value_key, coalesce(sum(value_usd) filter (value_usd > 0), 0) as known_usd, count(*) as line_count
    from current_lines
    -- a group is of one day: of a long history only those days are read
    semi join (select distinct export_on from grouped_lines) using (export_on)
    where value_key in (select value_key from grouped_lines)
    group by value_key
)

select line_id, known_usd, line_count
from grouped_lines
join sums using (value_key)

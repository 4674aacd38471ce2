-- What do the groups of these lines come to? One row per line of `told_lines` that turns on the value of its shipment: US
-- dollars, and how many lines go together (15 CFR 30.37(a)).
with grouped as (
    select line_row, export_on, xor(value_group, realm_of(source)) as value_key
    from current_lines
    where line_row in (select line_row from told_lines) and value_group is not null
        and (
            situation_key in (select situation_key from asked) or line_row in (select line_row from aes_states)
        )
),

sums as (
    select
        xor(value_group, realm_of(source)) as value_key, coalesce(sum(value_usd) filter (value_usd > 0), 0) as known_usd,
        count(*) as line_count
    from current_lines
    -- a group is of one day: of a long history only those days are read
    semi join (select distinct export_on from grouped) using (export_on)
    where xor(value_group, realm_of(source)) in (select value_key from grouped)
    group by value_key
)

select line_row, known_usd, line_count
from grouped
join sums using (value_key)

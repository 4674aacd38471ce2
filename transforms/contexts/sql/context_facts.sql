-- What do other records add to each line? One row per line to which they add anything out of the ordinary, with the key
-- of the situation that it is in, all told.
with added as (
    select line_row, low_value, low_value_missing from value_groups
    union all by name
    select line_row, low_value, low_value_missing from value_in_doubt
    union all by name
    select line_row, itn_use from itn_use
    union all by name
    select line_row, item_eccn, item_says, item_proves, item_rules_out from item_facts
    union all by name
    select line_row, signal from description_signals
    union all by name
    select line_row, aes_state from aes_states
    union all by name
    from carried
),

gathered as (
    select
        line_row, max(low_value) as low_value, max(low_value_missing) as low_value_missing, max(itn_use) as itn_use,
        max(item_eccn) as item_eccn, nullif(max(item_says), '') as item_says,
        nullif(bool_or(item_proves), false) as item_proves,
        case when not coalesce(bool_or(item_rules_out), false) then max(signal) end as signal,
        max(aes_state) as aes_state
    from added
    group by line_row
)

select
    g.line_row, l.situation_key as line_situation_key,
    hash(l.situation_key, low_value, low_value_missing, itn_use, item_eccn, item_says, item_proves, signal, aes_state)
        as situation_key,
    g.* exclude (line_row)
from gathered as g
join current_lines as l on l.line_row = g.line_row
where low_value is not null or itn_use is not null or item_eccn is not null or item_says is not null
    or signal is not null or aes_state is not null

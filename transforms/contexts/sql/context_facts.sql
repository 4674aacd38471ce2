-- In which situation is each line, as other records complete it? One row per line to which they add anything out of the
-- ordinary, with what they add and the key of that situation.
with facts_of_lines as (
    select
        line_id,
        max(value) filter (fact = 'low_value') as low_value,
        max(value) filter (fact = 'low_value_missing') as low_value_missing,
        max(value) filter (fact = 'itn_use') as itn_use,
        max(value) filter (fact = 'item_eccn') as item_eccn,
        max(value) filter (fact = 'item_says') as item_says,
        nullif(coalesce(bool_or(value = 'true') filter (fact = 'item_proves'), false), false) as item_proves,
        max(value) filter (fact = 'item_facts') as item_facts,
        max(value) filter (fact = 'order_value') as order_value,
        max(value) filter (fact = 'listed_parties') as listed_parties,
        -- where its record rules it out, what the description says adds nothing
        case
            when count(value) filter (fact = 'item_rules_out') = 0 then max(value) filter (fact = 'signal')
        end as signal,
        max(value) filter (fact = 'aes_state') as aes_state
    from context_values
    group by line_id
)

select
    f.line_id, l.line_situation_key,
    hash(
        l.line_situation_key, low_value, low_value_missing, itn_use, item_eccn, item_says, item_proves, signal,
        aes_state, item_facts, order_value, listed_parties
    ) as situation_key,
    f.* exclude (line_id)
from facts_of_lines as f
join current_lines as l on l.line_id = f.line_id
where low_value is not null or itn_use is not null or item_eccn is not null or item_says is not null
    or signal is not null or aes_state is not null or item_facts is not null
    or order_value is not null or listed_parties is not null

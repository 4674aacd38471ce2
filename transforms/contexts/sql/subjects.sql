-- What is the law asked about? One row per situation: as the lines alone make it, and as other records complete it.
-- Where a line has no ECCN, or a coarser one than its item, that of the item master is used for the controls.
with recorded_situations as (
    select
        s.*, s.eccn as eccn_recorded, case when a.situation_key is null then '' else 'under' end as low_value,
        '' as low_value_missing, '' as itn_use, null::varchar as item_eccn, '' as item_says, false as item_proves,
        '' as signal, '' as aes_state, '' as item_facts, '' as order_value,
        '' as listed_parties
    from situations as s
    left join valued_situations as a on a.situation_key = s.situation_key
),

completed_situations as (
    select
        s.* replace (
            c.situation_key as situation_key,
            -- a situation to which these add nothing keeps the name that it had before there were any
            md5(to_json(list_concat([
                s.situation_id, c.low_value, c.low_value_missing, c.itn_use, c.item_eccn, c.item_says,
                c.item_proves::varchar, c.signal, c.aes_state
            ], list_filter(
                [c.item_facts, c.order_value, c.listed_parties], lambda added: added is not null
            )))::varchar) as situation_id,
            case
                when c.item_eccn is null or c.item_eccn = 'several' then s.eccn
                when coalesce(s.eccn, '') = '' or starts_with(c.item_eccn, s.eccn || '.') then c.item_eccn
                when not is_eccn(s.eccn) then c.item_eccn
                else s.eccn
            end as eccn,
            c.item_eccn as item_eccn, coalesce(c.item_says, '') as item_says,
            coalesce(c.item_proves, false) as item_proves, coalesce(c.signal, '') as signal,
            coalesce(c.itn_use, '') as itn_use, coalesce(c.aes_state, '') as aes_state,
            coalesce(c.item_facts, '') as item_facts, coalesce(c.order_value, '') as order_value,
            coalesce(c.listed_parties, '') as listed_parties,
            -- an ITN that AES does not hold leaves the value of the shipment to be asked
            coalesce(c.low_value, case when coalesce(c.aes_state, '') <> '' then 'under' else s.low_value end)
                as low_value,
            coalesce(c.low_value_missing, '') as low_value_missing
        )
    from used_contexts as c
    join recorded_situations as s on s.situation_key = c.line_situation_key
)

from recorded_situations
union all by name
from completed_situations

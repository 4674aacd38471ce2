-- What stays as it was, for lines of which a part is asked again? One row per line and fact that is not asked again.
select line_id, unnest([
    struct_pack(fact := 'low_value', value := case when not l.is_of_day then k.low_value end),
    struct_pack(fact := 'low_value_missing', value := case when not l.is_of_day then k.low_value_missing end),
    struct_pack(fact := 'itn_use', value := case when not l.is_of_itn then k.itn_use end),
    struct_pack(fact := 'item_eccn', value := case when not l.has_come then k.item_eccn end),
    struct_pack(fact := 'item_says', value := case when not l.has_come then k.item_says end),
    struct_pack(fact := 'item_proves', value := case when not l.has_come then k.item_proves::varchar end),
    struct_pack(fact := 'item_facts', value := case when not l.has_come then k.item_facts end),
    struct_pack(fact := 'order_value', value := case when not l.is_of_order then k.order_value end),
    struct_pack(fact := 'listed_parties', value := case when not l.has_come then k.listed_parties end),
    struct_pack(fact := 'signal', value := case when not l.has_come then k.signal end)
], recursive := true)
from touched_lines as l
join known_contexts as k on k.situation_key = l.context_key

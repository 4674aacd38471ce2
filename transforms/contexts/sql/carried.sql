-- What stays as it was, for lines of which a part is asked again? One row per line to which other records added something,
-- with what is not asked again.
select
    l.line_row,
    case when not l.is_of_day then k.low_value end as low_value,
    case when not l.is_of_day then k.low_value_missing end as low_value_missing,
    case when not l.is_of_itn then k.itn_use end as itn_use,
    case when not l.has_come then k.item_eccn end as item_eccn,
    case when not l.has_come then k.item_says end as item_says,
    case when not l.has_come then k.item_proves end as item_proves,
    case when not l.has_come then k.signal end as signal
from touched_lines as l
join known_contexts as k on k.situation_key = l.context_key

-- What is recorded of the lines wanted? One row per line in `line_places`, with the columns of `current_lines`.
select
    l.* exclude (situation_key) replace (in_dollars(l.value_usd, l.value_recorded, c.rate) as value_usd),
    p.line_id,
    l.situation_key as line_situation_key,
    case when $is_realm_per_source then hash(l.source) else 0::ubigint end as realm,
    xor(l.value_group, realm) as value_key
from line_places as p
join lines as l on l.rowid = p.place
left join conversions as c on c.currency = l.currency and c.export_on = l.export_on

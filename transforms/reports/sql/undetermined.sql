-- What could not be determined, and which field would settle it? One row per missing field; '' is a doubt in the law.
with asked_fields as (
    select distinct source, shipment_id, line_number, rule_id, value_usd,
        unnest(case when len(missing) = 0 then [''] else missing end) as field
    from findings
    where outcome = 'undetermined'
),

per_line as (
    select field, source, shipment_id, line_number, any_value(value_usd) as value_usd, list(rule_id) as rules
    from asked_fields
    group by field, source, shipment_id, line_number
)

select
    field, list_sort(list_distinct(flatten(list(rules)))) as rules, count(*) as line_count,
    sum(value_usd) as value_usd
from per_line
group by field
order by line_count desc, field

-- Which flagged lines are worth most? One row per line and rule, the 25 largest.
select
    f.shipment_id, f.line_number, f.export_on, nullif(f.destination, '') as destination, nullif(f.eccn, '') as eccn,
    nullif(f.consignee_name, '') as consignee_name, f.value_usd, f.rule_id, f.because, f.authority, f.outcome,
    c.country, nullif(f.part_number, '') as part_number, f.quantity, nullif(f.uom, '') as uom,
    nullif(f.end_user_name, '') as end_user_name, greatest($as_of::date - f.first_seen_on, 0) as days_open, f.remedy
from findings as f
left join country_titles as c on c.iso2 = f.destination
where f.outcome = 'flagged' and f.state <> 'closed'
order by f.value_usd desc nulls last, f.source, f.shipment_id, f.line_number, f.rule_id
limit 25

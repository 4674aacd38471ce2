-- Which flagged lines are worth most? One row per line and rule, the 25 largest.
select
    shipment_id, line_number, export_on, nullif(destination, ''), nullif(eccn, ''), nullif(consignee_name, ''),
    value_usd, rule_id, because, authority
from findings
where outcome = 'flagged'
order by value_usd desc nulls last, source, shipment_id, line_number, rule_id
limit 25

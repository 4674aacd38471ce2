-- Which lines with new or reopened findings come first? One row per line, under its first rule: the first 15.
select
    shipment_id, line_number, export_on, nullif(destination, '') as destination, nullif(eccn, '') as eccn,
    nullif(consignee_name, '') as consignee_name, value_usd, rule_id, because, authority, outcome, country,
    nullif(part_number, '') as part_number, quantity, nullif(uom, '') as uom,
    nullif(end_user_name, '') as end_user_name, days_open, remedy,
    list_filter(
        list(rule_id order by place) over (partition by source, shipment_id, line_number order by place
            rows between unbounded preceding and unbounded following),
        lambda other: other <> rule_id
    ) as also
from ranked_findings
qualify row_number() over (partition by source, shipment_id, line_number order by place) = 1
order by place
limit 15

-- In which order do the open findings come? One row per finding: urgent rules first, then by severity, what is flagged
-- before what is undetermined, and value. `is_news`: new or reopened in this screening.
select
    f.*, c.country, list_contains($urgent::varchar[], f.rule_id) as is_urgent,
    f.state in ('new', 'reopened') as is_news, greatest($as_of::date - f.first_seen_on, 0) as days_open,
    row_number() over (
        order by
            list_contains($urgent::varchar[], f.rule_id) desc,
            case f.severity when 'high' then 1 when 'medium' then 2 else 3 end,
            f.outcome = 'flagged' desc, f.value_usd desc nulls last, f.source, f.shipment_id, f.line_number, f.rule_id
    ) as place
from findings as f
left join country_titles as c on c.iso2 = f.destination
where f.state <> 'closed'

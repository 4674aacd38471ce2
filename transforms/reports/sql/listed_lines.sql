-- Which lines does the page list, with all their open findings? One row per line, its strictest finding first: those
-- that come first for new or reopened findings or, if `largest`, the flagged lines worth most.
with chosen_lines as (
    select
        source, shipment_id, line_number,
        row_number() over (
            order by
                case when $largest then max(value_usd) end desc nulls last,
                case when not $largest then min(place) filter (is_news) end,
                source, shipment_id, line_number
        ) as position
    from ranked_findings
    group by source, shipment_id, line_number
    having bool_or(if($largest, outcome = 'flagged', is_news))
    qualify position <= $most
)

select
    f.shipment_id, f.line_number, any_value(f.export_on) as export_on,
    any_value(nullif(f.destination, '')) as destination, any_value(nullif(f.eccn, '')) as eccn,
    any_value(nullif(f.consignee_name, '')) as consignee_name, max(f.value_usd) as value_usd,
    list(struct_pack(
        rule_id := f.rule_id, outcome := f.outcome, because := f.because, authority := f.authority,
        remedy := f.remedy, days_open := f.days_open, is_news := f.is_news
    ) order by f.place) as findings,
    any_value(f.country) as country, any_value(nullif(f.part_number, '')) as part_number,
    any_value(f.quantity) as quantity, any_value(nullif(f.uom, '')) as uom,
    any_value(nullif(f.end_user_name, '')) as end_user_name, bool_and(f.situation_id is null) as is_filing
from ranked_findings as f
join chosen_lines as c using (source, shipment_id, line_number)
group by c.position, f.source, f.shipment_id, f.line_number
order by c.position

-- How much is it? One row per question. Of shipments, consignees, parts and destinations, those with a certain line are
-- certain and the others possible, so that the two add up.
with placed as (
    select
        a.question, a.certainty, l.line_row, l.value_usd, hash(l.source, l.shipment_id) as shipment,
        nullif(upper(trim(l.consignee_name)), '') as consignee, nullif(upper(l.part_number), '') as part,
        nullif(l.destination, '') as destination
    from answers as a
    join impact_lines as l using (line_row)
)

select
    question,
    count(*) filter (certainty = 'certain') as lines_certain,
    count(*) filter (certainty = 'possible') as lines_possible,
    coalesce(sum(value_usd) filter (certainty = 'certain'), 0)::double as value_usd_certain,
    coalesce(sum(value_usd) filter (certainty = 'possible'), 0)::double as value_usd_possible,
    count(distinct shipment) filter (certainty = 'certain') as shipments_certain,
    count(distinct shipment) - shipments_certain as shipments_possible,
    count(distinct consignee) filter (certainty = 'certain') as consignees_certain,
    count(distinct consignee) - consignees_certain as consignees_possible,
    count(distinct part) filter (certainty = 'certain') as parts_certain,
    count(distinct part) - parts_certain as parts_possible,
    count(distinct destination) filter (certainty = 'certain') as destinations_certain,
    count(distinct destination) - destinations_certain as destinations_possible,
    count(*) - count(value_usd) as lines_without_value
from placed
group by question
order by question

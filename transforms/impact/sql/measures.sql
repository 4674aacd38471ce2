-- How much is it? One row per question. Of shipments, consignees, parts and destinations, those with a certain line are
-- certain and the others possible, so that the two add up.
with placed as (
    select
        a.question, a.certainty = 'certain' as is_certain, l.value_usd, l.shipment,
        nullif(upper(trim(l.consignee_name)), '') as consignee, nullif(upper(l.part_number), '') as part,
        nullif(l.destination, '') as destination
    from answers as a
    join reached_lines as l using (line_row)
),

shipments as (select question, bool_or(is_certain) as is_certain from placed group by question, shipment),

consignees as (
    select question, bool_or(is_certain) as is_certain from placed where consignee is not null group by question, consignee
),

parts as (select question, bool_or(is_certain) as is_certain from placed where part is not null group by question, part),

destinations as (
    select question, bool_or(is_certain) as is_certain from placed where destination is not null
    group by question, destination
),

-- each column is of one of these rows
counted as (
    select
        question,
        count(*) filter (is_certain) as lines_certain, count(*) filter (not is_certain) as lines_possible,
        coalesce(sum(value_usd) filter (is_certain), 0)::double as value_usd_certain,
        coalesce(sum(value_usd) filter (not is_certain), 0)::double as value_usd_possible,
        count(*) - count(value_usd) as lines_without_value
    from placed
    group by question
    union all by name
    select
        question, count(*) filter (is_certain) as shipments_certain, count(*) filter (not is_certain) as shipments_possible
    from shipments
    group by question
    union all by name
    select
        question, count(*) filter (is_certain) as consignees_certain, count(*) filter (not is_certain) as consignees_possible
    from consignees
    group by question
    union all by name
    select question, count(*) filter (is_certain) as parts_certain, count(*) filter (not is_certain) as parts_possible
    from parts
    group by question
    union all by name
    select
        question, count(*) filter (is_certain) as destinations_certain,
        count(*) filter (not is_certain) as destinations_possible
    from destinations
    group by question
)

select question, coalesce(max(columns(* exclude (question))), 0)
from counted
group by question
order by question

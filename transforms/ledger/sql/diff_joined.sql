-- Which findings does the later of two runs have that the earlier has not, or the other way, or otherwise? One row
-- each. The situation of a line on the side without the finding is taken from another finding of the line, where there
-- is one.
with findings_before as (
    select *, min(situation_id) over (partition by source, shipment_id, line_number) as line_situation
    from read_parquet($before)
),

findings_after as (
    select *, min(situation_id) over (partition by source, shipment_id, line_number) as line_situation
    from read_parquet($after)
),

both_sides as (
    select
        coalesce(a.finding_id, b.finding_id) as finding_id,
        case when b.finding_id is null then 'gained' when a.finding_id is null then 'lost' else 'changed' end as change,
        if(a.finding_id is null, b, a) as told, b.outcome as outcome_before, a.outcome as outcome_after,
        b.state as state_before, a.state as state_after, b.because as because_before, a.because as because_after,
        b.situation_id as situation_before, a.situation_id as situation_after,
        a.outcome is distinct from b.outcome or a.rule_from is distinct from b.rule_from
            or a.missing is distinct from b.missing or a.because is distinct from b.because as is_said_otherwise
    from findings_after as a
    full join findings_before as b on b.finding_id = a.finding_id
    where
        a.finding_id is null or b.finding_id is null or is_said_otherwise
        or (a.state = 'closed') <> (b.state = 'closed')
),

lines_before as (select distinct source, shipment_id, line_number, line_situation from findings_before),

lines_after as (select distinct source, shipment_id, line_number, line_situation from findings_after)

select
    j.finding_id, j.change, told.rule_id as rule_id, told.rule_kind as rule_kind, told.source as source,
    told.shipment_id as shipment_id, told.line_number as line_number, told.export_on as export_on,
    told.destination as destination, told.eccn as eccn, told.consignee_name as consignee_name,
    told.value_usd as value_usd, outcome_before, outcome_after, state_before, state_after, because_before,
    because_after, coalesce(situation_before, lb.line_situation) as situation_before,
    coalesce(situation_after, la.line_situation) as situation_after, is_said_otherwise
from both_sides as j
left join lines_before as lb
    on lb.source = told.source and lb.shipment_id = told.shipment_id and lb.line_number = told.line_number
left join lines_after as la
    on la.source = told.source and la.shipment_id = told.shipment_id and la.line_number = told.line_number

-- What did each example line come to under its own rule? One row per line of `lines`; a line that the rule does not
-- reach, or that is saved, is clear.
with reached as (
    select l.shipment_id, l.line_number, d.*
    from lines as l
    join determinations as d
        on d.situation_key = l.situation_key and d.rule_id = l.shipment_id and l.export_on between d.from_on and d.until_on
),

rolled_up as (
    select r.shipment_id, r.line_number, f.outcome, r.missing, r.subject || r.statement as because
    from reached as r
    join findings as f
        on f.shipment_id = r.shipment_id and f.line_number = r.line_number and f.rule_id = 'not-judged'
    where r.is_rolled_up
),

found as (
    select shipment_id, line_number, outcome, missing, because from findings where rule_id = shipment_id
    union all
    select shipment_id, line_number, outcome, missing, because from rolled_up
)

select
    l.shipment_id as rule_id, l.line_number, l.export_on,
    coalesce(f.outcome, 'clear') as outcome, coalesce(f.missing, []) as missing,
    coalesce(f.because, r.subject || r.statement, '') as because
from lines as l
left join found as f on f.shipment_id = l.shipment_id and f.line_number = l.line_number
left join reached as r on r.shipment_id = l.shipment_id and r.line_number = l.line_number
order by l.shipment_id, l.line_number

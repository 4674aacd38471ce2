-- What did each example line come to under the rule that it is an example of? One row per example in `asked_cases`; a
-- line that the rule does not reach, or that is saved, is clear.
with placed_cases as (
    select a.*, l.export_on, l.situation_key
    from asked_cases as a
    join placed_lines as l on l.source = a.source and l.shipment_id = a.shipment_id and l.line_number = a.line_number
),

reached_verdicts as (
    select a.source, d.*
    from placed_cases as a
    join determinations as d
        on d.situation_key = a.situation_key and d.rule_id = a.rule_id and a.export_on between d.from_on and d.until_on
),

case_findings as (
    select f.source, f.outcome, f.missing, f.because
    from findings as f
    join placed_cases as a using (source, shipment_id, line_number, rule_id)
    union all
    select r.source, if(f.rule_id = 'not-judged', f.outcome, r.outcome), r.missing, r.opening || r.statement as because
    from reached_verdicts as r
    join placed_cases as a using (source)
    join findings as f
        on f.source = a.source and f.shipment_id = a.shipment_id and f.line_number = a.line_number
        and (f.rule_id = 'not-judged' or (f.answer = 'eccn-unreadable' and r.missing = ['eccn']))
    where r.is_rolled_up
)

select
    a.file_id, a.case_number, a.export_on,
    coalesce(f.outcome, 'clear') as outcome, coalesce(list_sort(f.missing), []) as missing,
    coalesce(f.because, r.opening || r.statement, '') as because
from placed_cases as a
left join case_findings as f on f.source = a.source
left join reached_verdicts as r on r.source = a.source
order by a.file_id, a.case_number

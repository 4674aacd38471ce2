-- What is told of each finding of the period? One row per finding. Those of a line stand together, the strictest first,
-- and the lines that need a person most come first.
with strict_findings as (
    select
        *, situation_id is null as is_filing,
        6 * (state = 'closed')::int + 3 * (outcome <> 'flagged')::int
        + case severity when 'high' then 0 when 'medium' then 1 else 2 end as strictness
    from period_findings
)

select
    finding_id, rule_id, rule_kind, outcome, state, severity, source, shipment_id, line_number, export_on, destination,
    eccn, schedule_b, description, consignee_name, value_usd, license_code, license_number, itn, eei_exemption, because,
    array_to_string(authority, '; ') as authority, remedy, array_to_string(missing, ', ') as missing, first_seen_on,
    since, decision.status as decision, decision.reason as decision_reason, decision.decided_by as decided_by,
    decision.decided_at as decided_at, rule_from, situation_id
from strict_findings
order by
    min(strictness) over (partition by source, shipment_id, line_number, is_filing),
    max(export_on) over (partition by source, shipment_id, line_number, is_filing) desc,
    source, shipment_id, line_number, is_filing, strictness, rule_id

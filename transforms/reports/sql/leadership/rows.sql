-- What is told of each finding of the period, those that need a person most first? One row per finding.
select
    finding_id, rule_id, rule_kind, outcome, state, severity, source, shipment_id, line_number, export_on, destination,
    eccn, schedule_b, description, consignee_name, value_usd, license_code, license_number, itn, eei_exemption, because,
    array_to_string(authority, '; ') as authority, remedy, array_to_string(missing, ', ') as missing, first_seen_on,
    since, decision.status as decision, decision.reason as decision_reason, decision.decided_by as decided_by,
    decision.decided_at as decided_at, rule_from, situation_id
from period_findings
order by
    state = 'closed', outcome, case severity when 'high' then 0 when 'medium' then 1 else 2 end, export_on desc, source,
    shipment_id, line_number, rule_id

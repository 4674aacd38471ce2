-- What does each difference say as a finding? One row per line, or filing without a line, and rule.
-- The columns are those of what the law finds; a filing without a line goes by its ITN.
with recorded_differences as (
    select
        l.identity_hash, l.source, l.shipment_id, l.line_number, l.export_on, l.activity, l.destination, l.eccn,
        l.schedule_b, l.description, l.consignee_name, l.value_usd, l.license_code, l.license_number, l.itn,
        l.eei_exemption, l.part_number, l.quantity, l.uom, l.end_user_name, s.situation_id, d.rule_id, d.outcome,
        d.because, d.missing, d.answer
    from differences as d
    join placed_lines as l on l.line_id = d.line_id
    left join subjects as s on s.situation_key = l.situation_key
    union all by name
    select
        f.identity_hash, f.source, coalesce(nullif(f.itn, ''), f.shipment_reference) as shipment_id, f.line_number,
        f.export_on, 'export' as activity, f.destination, f.eccn, f.schedule_b, f.description, f.consignee_name,
        f.value_usd, f.license_code, f.license_number, f.itn, f.quantity, f.uom, d.rule_id, d.outcome, d.because,
        d.missing, d.answer
    from differences as d
    join current_filings as f on f.filing_id = d.filing_id
)

select
    d.identity_hash,
    md5(to_json([d.source, d.shipment_id, d.line_number::varchar, d.rule_id])::varchar) as finding_id,
    d.source, d.shipment_id, d.line_number, d.export_on, d.activity, d.destination, d.eccn, d.schedule_b, d.description,
    d.consignee_name, d.value_usd, d.license_code, d.license_number, d.itn, d.eei_exemption, d.rule_id,
    'reconcile' as rule_kind, r.rule_from, d.outcome, r.severity, d.because, r.authority, r.remedy, d.missing,
    d.situation_id, d.answer, []::varchar[] as rules, d.part_number, d.quantity, d.uom, d.end_user_name
from recorded_differences as d
join compared_rules as r on r.rule_id = d.rule_id
where r.rule_from is null or d.export_on >= r.rule_from

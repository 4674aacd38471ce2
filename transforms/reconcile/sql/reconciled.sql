-- What does each difference say as a finding? One row per line, or filing without a line, and rule.
-- The columns are those of the findings of the law; a filing without a line goes by its ITN.
with told as (
    select
        l.source, l.shipment_id, l.line_number, l.export_on, l.activity, l.destination, l.eccn, l.schedule_b,
        l.description, l.consignee_name, l.value_usd, l.license_code, l.license_number, l.itn, l.eei_exemption,
        s.situation_id, d.rule_id, d.outcome, d.because, d.missing
    from differences as d
    join placed_lines as l on l.line_row = d.line_row
    left join subjects as s on s.situation_key = l.situation_key
    union all by name
    select
        f.source, coalesce(nullif(f.itn, ''), f.shipment_reference) as shipment_id, f.line_number, f.export_on,
        'export' as activity, f.destination, f.eccn, f.schedule_b, f.description, f.consignee_name, f.value_usd,
        f.license_code, f.license_number, f.itn, d.rule_id, d.outcome, d.because, d.missing
    from differences as d
    join filings as f on f.rowid = d.filing_row
),

identified as (
    select
        md5(to_json([t.source, t.shipment_id, t.line_number::varchar, t.rule_id])::varchar) as finding_id, t.*,
        r.rule_from, r.severity, r.authority, r.remedy
    from told as t
    join reconcile_rules as r on r.rule_id = t.rule_id
    where r.rule_from is null or t.export_on >= r.rule_from
)

select
    i.finding_id, $run_id as run_id, i.source, i.shipment_id, i.line_number, i.export_on, i.activity, i.destination,
    i.eccn, i.schedule_b, i.description, i.consignee_name, i.value_usd, i.license_code, i.license_number, i.itn,
    i.eei_exemption, i.rule_id, 'reconcile' as rule_kind, i.rule_from, i.outcome, i.severity, i.because, i.authority,
    i.remedy, i.missing, i.situation_id,
    'new' as state, $as_of::date as first_seen_on,
    $rulebook_hash as rulebook_hash, $known_at::timestamp as known_at
from identified as i

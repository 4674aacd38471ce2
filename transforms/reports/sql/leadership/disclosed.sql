-- Which findings does the filter reach, and what is on record of them? One row per finding ever made until the entry
-- asked for, also of those that the record no longer makes (`is_made` is false): the export took place all the same.
with known_findings as (
    select finding_id, min(as_of) as first_on, arg_max(state, entry) as state
    from ledger_events
    where entry <= $entry
    group by finding_id
),

last_decisions as (
    select
        finding_id, arg_max(status, entry) as status, arg_max(decided_at, entry) as decided_at,
        list(struct_pack(status, reason, evidence, expires_on, decided_by, decided_at) order by entry) as decisions
    from dispositions
    where finding_id is not null and entry <= $entry
    group by finding_id
),

made_findings as (
    select
        coalesce(f.finding_id, l.finding_id) as finding_id, coalesce(f.source, l.source) as source,
        coalesce(f.shipment_id, l.shipment_id) as shipment_id, coalesce(f.line_number, l.line_number) as line_number,
        coalesce(f.export_on, l.export_on) as export_on, coalesce(f.rule_id, l.rule_id) as rule_id,
        f.finding_id is not null as is_made, f.outcome, f.because, f.authority, f.missing, f.rule_from,
        f.activity, f.destination, f.eccn, f.schedule_b, f.description, f.consignee_name, f.value_usd, f.license_code,
        f.license_number, f.itn, f.eei_exemption, coalesce(f.first_seen_on, l.first_seen_on) as first_seen_on
    from findings as f
    full join (from ledger semi join known_findings using (finding_id)) as l on l.finding_id = f.finding_id
)

select
    m.finding_id, m.source, m.shipment_id, m.line_number, m.export_on, p.tendered_on,
    coalesce(p.activity, m.activity) as activity, p.part_number, coalesce(p.description, m.description) as description,
    coalesce(p.eccn, m.eccn) as eccn, coalesce(p.schedule_b, m.schedule_b) as schedule_b, p.quantity, p.uom,
    coalesce(p.value_usd, m.value_usd) as value_usd, coalesce(p.destination, m.destination) as destination,
    p.shipped_from,
    p.usppi_name, p.usppi_id, coalesce(p.consignee_name, m.consignee_name) as consignee_name, p.consignee_country,
    p.intermediate_consignee_name, p.intermediate_country, p.end_user_name, p.end_user_country,
    coalesce(p.license_code, m.license_code) as license_code,
    coalesce(p.license_number, m.license_number) as license_number,
    p.exception_paragraph, coalesce(p.itn, m.itn) as itn, coalesce(p.eei_exemption, m.eei_exemption) as eei_exemption,
    p.filing_option, p.transport_mode, p.conveyance, p.port_of_export, p.routed, p.invoice_number,
    m.rule_id, m.rule_from, m.outcome, m.is_made, k.state, coalesce(k.first_on, m.first_seen_on) as first_seen_on,
    m.because, m.authority, m.missing, d.status, d.decided_at, coalesce(d.decisions, []) as decisions,
    b.file_name, b.sha256 as file_sha256, p.line_id is not null as is_line
from made_findings as m
left join placed_lines as p using (source, shipment_id, line_number)
left join batches as b on b.batch_id = p.batch_id
left join known_findings as k on k.finding_id = m.finding_id
left join last_decisions as d on d.finding_id = m.finding_id
where
    (not $candidates or d.status = 'disclosure-candidate')
    and ($rule is null or m.rule_id = $rule)
    and ($outcome is null or m.outcome = $outcome)
    and ($destination is null or coalesce(p.destination, m.destination) = $destination)
    and ($eccn is null or coalesce(p.eccn, m.eccn) = $eccn or starts_with(coalesce(p.eccn, m.eccn), $eccn || '.'))
    and ($consignee is null or contains(lower(coalesce(p.consignee_name, m.consignee_name)), lower($consignee)))
    and ($from is null or m.export_on >= $from)
    and ($to is null or m.export_on <= $to)
order by m.source, m.shipment_id, m.line_number, m.rule_id

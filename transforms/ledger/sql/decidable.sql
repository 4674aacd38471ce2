-- What can be decided about? One row per finding that the last screening made: as that run wrote it, how it stands now,
-- and the decision that stands.
with run_findings as ( -- runs of earlier versions did not write all of these columns
    from read_parquet($findings)
    union all by name
    select
        null::varchar as part_number, null::decimal(18, 4) as quantity, null::varchar as uom,
        null::varchar as end_user_name, null::varchar as listed_pair
    where false
)

select
    f.finding_id, l.state, l.decided_in, f.rule_id, f.rule_kind, f.outcome, f.severity, f.source, f.shipment_id,
    f.line_number, f.export_on, f.destination, f.eccn, f.description, f.consignee_name, f.end_user_name,
    f.part_number, f.quantity, f.uom, f.value_usd, f.license_code, f.license_number, f.itn, f.eei_exemption,
    f.because, f.authority, f.remedy, f.missing, f.situation_id, f.rule_from, l.first_seen_on,
    (select max(as_of) from journal where kind = 'run') - l.first_seen_on as days_open,
    d.status, d.reason, d.evidence, d.expires_on, d.decided_by, l.answer, l.rules, l.line_batch, l.compared_hash,
    f.listed_pair,
    count(*) filter (l.state = 'open') over (
        partition by f.source, f.shipment_id, f.line_number, f.situation_id is null
    ) as line_findings
from run_findings as f
join ledger as l on l.finding_id = f.finding_id and l.outcome is not null
left join dispositions as d on d.entry = l.decided_in and d.finding_id = l.finding_id

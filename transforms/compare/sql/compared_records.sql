-- What is recorded of each line, or filing line without one, of which a comparison found something? One row per subject
-- of `compared_subjects`. A filing without a line goes by its ITN, and is an export in no situation.
select
    l.line_id as subject_key, l.identity_hash, l.source, l.shipment_id, l.line_number, l.export_on, l.tendered_on,
    l.activity, l.destination, l.eccn, l.schedule_b, l.description, l.consignee_name, l.value_usd, l.license_code,
    l.license_number, l.itn, l.eei_exemption, l.part_number, l.quantity, l.uom, l.end_user_name, s.situation_id
from fetched_lines as l
join compared_subjects as c on c.subject_key = l.line_id and c.about <> 'filing'
join placed_lines as p on p.line_id = l.line_id
left join subjects as s on s.situation_key = p.situation_key
union all by name
select
    f.subject_key, f.identity_hash, f.source,
    coalesce(nullif(f.itn, ''), f.shipment_reference) as shipment_id, f.line_number, f.export_on,
    'export' as activity, f.destination, f.eccn, f.schedule_b, f.description, f.consignee_name, f.value_usd,
    f.license_code, f.license_number, f.itn, f.quantity, f.uom
from unmatched_filings as f
join compared_subjects as c on c.subject_key = f.subject_key and c.about = 'filing'

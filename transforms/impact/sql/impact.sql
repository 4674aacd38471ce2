-- What would be different, line by line? One row per line and rule whose outcome differs; the words are those of the
-- reform, or of the baseline where the reform says nothing.
select
    $run_id as run_id, l.source, l.shipment_id, l.line_number, r.export_on, l.destination, l.eccn, l.part_number,
    l.description, l.schedule_b, l.consignee_name, r.value_usd, l.license_code, l.license_number, l.itn,
    l.eei_exemption, r.rule_id, r.rule_kind, r.baseline_outcome, r.reform_outcome, r.certainty, r.change,
    concat(
        case when r.is_candidate then concat('Recorded as ', coalesce(nullif(l.eccn, ''), 'no ECCN'), ', ',
            case when e.is_proved then 'is ' else 'may be ' end, e.to_eccn, ' (', e.evidence, '). ') end,
        coalesce(c.after.opening, c.before.opening), ' on ', r.export_on,
        coalesce(c.after.statement, c.before.statement),
        case when $as_if and list_contains($asked, r.rule_id) and r.export_on < coalesce(c.after.rule_from, r.export_on)
            then ' Read as if in effect on that day; effective ' || c.after.rule_from || '.' end
    ) as because,
    coalesce(c.after.authority, c.before.authority) as authority, coalesce(c.after.remedy, c.before.remedy) as remedy,
    case when r.reform_outcome = 'undetermined' then list_sort(list_distinct(list_concat(
        case when r.is_candidate and not e.is_proved then ['eccn'] else [] end, coalesce(c.after.missing, [])
    ))) else [] end as missing,
    case when r.is_candidate then e.evidence else '' end as evidence
from impact_rows as r
join changes as c using (change_key)
join fetched_lines as l on l.line_id = r.line_id
left join candidate_lines as e on r.is_candidate and e.line_id = r.line_id and e.reform_key = r.reform_key
order by r.rule_id, l.source, l.shipment_id, l.line_number

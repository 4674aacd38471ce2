-- On which records does each finding rest? One row per finding asked about: the version of its line, by the batch that
-- brought it, with the situation; and of a comparison a hash of what was compared: as recorded, and never as worded.
-- That is the filing, or all that are summed with it, and of every line of the sum what sums and lists are made of.
with lines_seen as (
    select f.finding_id, f.rule_kind, p.line_id, p.batch_id as line_batch, p.situation_key
    from asked_findings as f
    join placed_lines as p using (source, shipment_id, line_number)
),

matches_seen as (
    select l.finding_id, coalesce(g.filing_id, m.filing_id) as filing_id, coalesce(g.line_id, m.line_id) as line_id
    from lines_seen as l
    join filing_matches as m on m.line_id = l.line_id
    left join filing_matches as g on g.source = m.source and g.group_id = m.group_id
    where l.rule_kind = 'reconcile'
),

filings_seen as (
    select finding_id, filing_id from matches_seen
    union
    -- a filing without a line goes by its ITN, or by its reference
    select a.finding_id, f.filing_id
    from asked_findings as a
    join current_filings as f
        on f.source = a.source and coalesce(nullif(f.itn, ''), f.shipment_reference) = a.shipment_id
        and f.line_number = a.line_number
    where a.rule_kind = 'reconcile'
),

compared_values as (
    select
        s.finding_id,
        to_json([
            f.source, f.itn, f.line_number::varchar, f.status, f.export_on::varchar, f.filer_id, f.usppi_id,
            f.usppi_name, f.consignee_name, f.consignee_country, f.consignee_type, f.intermediate_country,
            f.destination, f.description, f.schedule_b, f.origin_df, f.quantity::varchar, f.uom, f.value_usd::varchar,
            f.eccn, f.license_code, f.license_number, f.filing_option, f.transport_mode, f.conveyance,
            f.port_of_export, f.routed, f.invoice_number
        ])::varchar as told
    from filings_seen as s
    join current_filings as f on f.filing_id = s.filing_id
    union all
    select
        s.finding_id,
        to_json([
            p.source, p.shipment_id, p.line_number::varchar, p.value_usd::varchar, p.value_recorded::varchar,
            p.currency, p.quantity::varchar, p.uom, p.schedule_b, p.origin_df, p.eccn, p.license_code, p.license_number
        ])::varchar
    from (select distinct finding_id, line_id from matches_seen) as s
    join placed_lines as p on p.line_id = s.line_id
    union all
    select l.finding_id, a.aes_state
    from lines_seen as l
    join aes_states as a on a.line_id = l.line_id
    where l.rule_kind = 'reconcile'
),

compared_hashes as (
    select finding_id, md5_number_lower(string_agg(told, chr(10) order by told)) as compared_hash
    from compared_values
    group by finding_id
)

select a.finding_id, l.line_batch, l.situation_key, c.compared_hash
from asked_findings as a
left join lines_seen as l on l.finding_id = a.finding_id
left join compared_hashes as c on c.finding_id = a.finding_id

-- Which lines of the period need a person, and who stood on them? One row per line with findings: flagged by any rule,
-- else undetermined; its consignee, its intermediate consignee, and who filed it in AES, where a filing was found. A
-- finding about a filing that belongs to no line is no line (`is_line`).
with period_lines as (
    select
        source, shipment_id, line_number, any_value(export_on) as export_on, any_value(value_usd) as value_usd,
        coalesce(nullif(any_value(destination), ''), 'not recorded') as destination,
        any_value(eccn_entry) as eccn_entry, any_value(consignee_name) as consignee_name,
        bool_or(outcome = 'flagged') as is_flagged
    from period_findings
    group by source, shipment_id, line_number
),

filers as (
    select m.line_id, min(f.filer_id) as filer_id
    from filing_matches as m
    join current_filings as f using (filing_id)
    where coalesce(f.filer_id, '') <> ''
    group by m.line_id
)

select t.*, p.intermediate_consignee_name, x.filer_id, p.line_id is not null as is_line
from period_lines as t
left join (
    select line_id, source, shipment_id, line_number, intermediate_consignee_name
    from placed_lines
    where export_on between $first and $last
) as p using (source, shipment_id, line_number)
left join filers as x using (line_id)

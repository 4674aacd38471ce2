-- Which filing does each line belong to, and how was it found? One row per line and filing line that belong together.
select
    l.source, l.shipment_id, l.line_number, l.export_on, m.matched_by, m.group_id is not null as is_sum,
    f.source as filing_source, f.itn, f.line_number as filing_line_number, f.shipment_reference, f.status
from filing_matches as m
join current_lines as l using (line_id)
join current_filings as f using (filing_id)
order by l.source, l.shipment_id, l.line_number, f.source, f.itn, f.line_number, m.matched_by

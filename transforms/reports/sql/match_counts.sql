-- How many lines and filing lines were found to belong together? One row:
-- all that could be, and those matched by each key.
select
    (select coalesce(sum(line_count), 0)::bigint from tallies join subjects using (situation_key)
        where activity = 'export' and form is distinct from 'intangible') as lines,
    (select count(*) from current_filings) as filings,
    count(distinct line_id) filter (matched_by = 'ITN') as by_itn,
    count(distinct line_id) filter (matched_by = 'shipment reference') as by_shipment_reference,
    count(distinct line_id) filter (matched_by = 'invoice number') as by_invoice_number
from filing_matches

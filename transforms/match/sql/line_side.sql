-- Which exported lines have no filing yet, and a key by which one can be found? One row per such line.
-- 15 CFR 30.2(d)(3): electronic and intangible exports are outside the Foreign Trade Regulations.
with keyed_lines as (
    select
        l.line_id, l.source,
        case $matched_by
            when 'ITN' then l.itn
            when 'shipment reference' then fold_reference(l.shipment_id)
            else invoice_key(l.invoice_number, l.export_on, l.schedule_b)
        end as match_key,
        case $matched_by when 'ITN' then l.itn when 'shipment reference' then l.shipment_id else l.invoice_number end
            as told
    from current_lines as l
    where coalesce(l.activity, '') in ('', 'export') and l.form is distinct from 'intangible'
        and not exists (select 1 from filing_matches as m where m.line_id = l.line_id)
        -- an invoice is of one day
        and ($matched_by <> 'invoice number' or l.export_on in (select export_on from free_filings))
),

-- few lines are left here: what a reference says is asked of them alone
found_lines as materialized (
    from keyed_lines
    semi join free_filings using (match_key)
)

select line_id, source, match_key
from found_lines
where $matched_by = 'ITN' or not is_nothing_said(told)

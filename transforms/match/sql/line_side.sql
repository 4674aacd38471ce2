-- Which exported lines have no filing yet, and by what could one be found? One row per line with such a key.
-- 15 CFR 30.2(d)(3): electronic and intangible exports are outside the Foreign Trade Regulations.
with unmatched_exports as materialized (
    select l.line_id, l.source, l.itn, l.shipment_id, l.invoice_number, l.export_on, l.schedule_b
    from current_lines as l
    where coalesce(l.activity, '') in ('', 'export') and l.form is distinct from 'intangible'
        and not exists (select 1 from filing_matches as m where m.line_id = l.line_id)
)

select
    line_id, source,
    case $matched_by
        when 'ITN' then itn
        when 'shipment reference' then case
            when not is_nothing_said(shipment_id) then regexp_replace(lower(shipment_id), '[^\p{L}\p{N}]', '', 'g')
        end
        else case
            when not is_nothing_said(invoice_number) and length(regexp_replace(schedule_b, '\D', '', 'g')) >= 10
                then concat_ws(
                    ' ', regexp_replace(lower(invoice_number), '[^\p{L}\p{N}]', '', 'g'), export_on,
                    left(regexp_replace(schedule_b, '\D', '', 'g'), 10)
                )
        end
    end as match_key
from unmatched_exports
where match_key <> ''

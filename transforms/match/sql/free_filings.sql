-- By what could a filing line of this standing be found? One row per filing line with such a key.
select
    filing_id, export_on,
    case $matched_by
        when 'ITN' then itn
        when 'shipment reference' then case
            when not is_nothing_said(shipment_reference) then fold_reference(shipment_reference)
        end
        else case when not is_nothing_said(invoice_number) then invoice_key(invoice_number, export_on, schedule_b) end
    end as match_key
from current_filings
where standing = $standing and filing_id not in (select filing_id from repeated_filings) and match_key <> ''

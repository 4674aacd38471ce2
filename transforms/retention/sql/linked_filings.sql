-- Which filings that fall outside belong with a shipment that stays? One row per such filing.
with lines_staying as (
    select l.itn, l.shipment_id, l.invoice_number from lines as l anti join outside as o using (source, shipment_id)
)

select distinct f.source, f.itn
from filings as f
join filed_outside as o using (source, itn)
where f.itn in (select itn from lines_staying)
    or (f.shipment_reference <> '' and (
        f.shipment_reference in (select shipment_id from lines_staying)
        or f.shipment_reference in (select invoice_number from lines_staying)))
    or (f.invoice_number <> '' and f.invoice_number in (select invoice_number from lines_staying))

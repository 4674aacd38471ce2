-- Which shipments that fall outside belong with one that stays? One row per such shipment. What the law sums or
-- compares stays together: the lines of a filing, of an ITN, and of one value group.
with lines_staying as (
    select l.* from lines as l anti join outside as o using (source, shipment_id)
)

select distinct l.source, l.shipment_id
from lines as l
join outside as o using (source, shipment_id)
where l.value_group in (select value_group from lines_staying where value_group is not null)
    or l.itn_hash in (select itn_hash from lines_staying where itn_hash is not null)
    or exists (
        select 1 from filings as f
        anti join filed_outside as o on o.source = f.source and o.itn = f.itn
        where (l.itn <> '' and f.itn = l.itn)
            or (f.shipment_reference <> '' and f.shipment_reference in (l.shipment_id, l.invoice_number))
            or (f.invoice_number <> '' and f.invoice_number = l.invoice_number)
    )

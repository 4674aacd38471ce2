-- Which lines claim License Exception LVS (AES code C35), and in which order is each? One row per line. The limit of
-- the exception is one of an order (15 CFR 740.3(b)); a line without an order number counts by its shipment.
select
    line_id, realm, source, shipment_id, if(is_nothing_said(order_number), null, order_number) as order_number,
    case when is_eccn(eccn) and eccn <> 'EAR99' then left(eccn, 5) end as entry
from order_lines
where license_code = 'C35' or license_number = 'LVS'

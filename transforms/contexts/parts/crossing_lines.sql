-- Which lines of a part go together with lines of other parts? One row per line whose ITN stands on several filings, or
-- whose order or shipment is asked about.
select
    line_id, realm, source, shipment_id, export_on, coalesce(activity, '') as activity, itn, itn_hash, filing_hash,
    consignee_name, destination, usppi_id, port_of_export, transport_mode, license_code, license_number, eccn,
    order_number, value_usd, value_recorded,
    coalesce(xor(itn_hash, realm) in (from repeated_uses), false) as is_of_itn
from current_lines
where xor(itn_hash, realm) in (from repeated_uses)
    or hash(realm, source, 'order', order_number) in (from asked_orders)
    or hash(realm, source, 'shipment', shipment_id) in (from asked_orders)

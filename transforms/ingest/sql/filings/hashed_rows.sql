-- By which hashes is a line of a filing known? One row per row, recorded or stored, with them.
select
    *,
    hash(source, itn, line_number) as identity_hash,
    hash(
        shipment_reference, status, export_on, filer_id, usppi_id, usppi_name, consignee_name, consignee_country,
        consignee_type, intermediate_country, destination, description, schedule_b, origin_df, quantity, uom, value_usd,
        eccn, license_code, license_number, filing_option, transport_mode, conveyance, port_of_export, routed,
        invoice_number, transmitted_at
    ) as row_hash
from readable_rows

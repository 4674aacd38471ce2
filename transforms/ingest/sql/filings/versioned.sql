-- What is stored of a readable line of a filing? One row per row; the hashes tell same, changed and new rows apart.
select
    * exclude (row_number, recorded, is_unread),
    $batch_id::integer as batch_id,
    $known_from::timestamp as known_from,
    null::timestamp as known_until,
    $extracted_at::timestamp as extracted_at,
    hash(source, itn, line_number) as identity_hash,
    hash(
        shipment_reference, status, export_on, filer_id, usppi_id, usppi_name, consignee_name, consignee_country,
        consignee_type, intermediate_country, destination, description, schedule_b, origin_df, quantity, uom, value_usd,
        eccn, license_code, license_number, filing_option, transport_mode, conveyance, port_of_export, routed,
        invoice_number
    ) as row_hash
from typed
where not is_unread

-- What is stored of a readable row? One row per row; the hashes tell same, changed and new rows apart in one join.
select
    * exclude (license_number_form),
    $batch_id::integer as batch_id,
    $known_from::timestamp as known_from,
    null::timestamp as known_until,
    hash(source, shipment_id, line_number) as identity_hash,
    hash(
        export_on, tendered_on, activity, form, usppi_id, usppi_name, consignee_name, consignee_country,
        consignee_type, intermediate_consignee_name, intermediate_country, end_user_name, end_user_country,
        destination, shipped_from, part_number, description, eccn, schedule_b, origin_df, quantity, uom, value_usd,
        license_code, license_number, exception_paragraph, itn, eei_exemption, filing_option, transport_mode,
        conveyance, port_of_export, routed, invoice_number
    ) as row_hash
from facts

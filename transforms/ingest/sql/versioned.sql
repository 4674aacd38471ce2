-- What is stored of a readable row? One row per row; the hashes tell same, changed and new rows apart in one join.
select
    * exclude (
        license_number_form, itn_form, itn_timing, exemption, hs6, via_country, consignee_elsewhere, end_user_elsewhere
    ),
    $batch_id::integer as batch_id,
    $known_from::timestamp as known_from,
    null::timestamp as known_until,
    $extracted_at::timestamp as extracted_at,
    hash(source, shipment_id, line_number) as identity_hash,
    hash(
        export_on, tendered_on, activity, form, usppi_id, usppi_name, consignee_name, consignee_country,
        consignee_type, intermediate_consignee_name, intermediate_country, end_user_name, end_user_country,
        destination, shipped_from, part_number, description, eccn, schedule_b, origin_df, quantity, uom, value_usd,
        license_code, license_number, exception_paragraph, itn, eei_exemption, filing_option, transport_mode,
        conveyance, port_of_export, routed, invoice_number
    ) as row_hash,
    -- names are compared folded: case, spaces and punctuation do not count
    case
        when activity = 'export' and form is distinct from 'intangible'
            and coalesce(nullif(fold_id(usppi_id), ''), nullif(fold_name(usppi_name), '')) is not null
            and fold_name(consignee_name) <> '' and destination <> '' and fold_name(conveyance) <> ''
            and schedule_b <> '' and origin_df <> ''
            then hash(
                case when coalesce(usppi_id, '') = '' then fold_name(usppi_name) else fold_id(usppi_id) end,
                fold_name(consignee_name), destination, fold_name(conveyance), export_on, schedule_b, origin_df
            )
    end as value_group,
    case when itn_form = 'well formed' then hash(itn) end as itn_hash,
    case when itn_form = 'well formed' then hash(usppi_id, consignee_name, destination, port_of_export, export_on) end
        as filing_hash
from facts

-- What is recorded on both sides of the lines that differ from AES? One row per matched line in `marked_pairs`, with
-- the sums of those that go together, and the words that tell both sides. Expects the lines in `fetched_lines`.
select
    l.source, l.shipment_id, l.line_number, l.export_on, l.tendered_on, l.activity, l.form, l.usppi_id, l.usppi_name,
    l.consignee_name, l.consignee_country, l.consignee_type, l.intermediate_consignee_name, l.intermediate_country,
    l.end_user_name, l.end_user_country, l.destination, l.shipped_from, l.part_number, l.description, l.eccn,
    l.schedule_b, l.origin_df, l.quantity, l.uom, l.value_usd, l.license_code, l.license_number, l.exception_paragraph,
    l.itn, l.eei_exemption, l.filing_option, l.transport_mode, l.conveyance, l.port_of_export, l.routed,
    l.invoice_number, l.currency, l.value_recorded, l.destination_region, l.shipped_from_region, l.order_number,
    l.purchaser_name, l.purchaser_country, l.forwarder_name, l.consignee_address, l.end_user_address,
    f.itn as filed_itn, f.shipment_reference as filed_shipment_reference, f.line_number as filed_line_number,
    f.status as filed_status, f.export_on as filed_export_on, f.filer_id as filed_filer_id,
    f.usppi_id as filed_usppi_id, f.usppi_name as filed_usppi_name, f.consignee_name as filed_consignee_name,
    f.consignee_country as filed_consignee_country, f.consignee_type as filed_consignee_type,
    f.intermediate_country as filed_intermediate_country, f.destination as filed_destination,
    f.description as filed_description, f.schedule_b as filed_schedule_b, f.origin_df as filed_origin_df,
    f.uom as filed_uom, f.value_usd as filed_value_usd, f.eccn as filed_eccn,
    f.license_code as filed_license_code, f.license_number as filed_license_number,
    f.filing_option as filed_filing_option, f.transport_mode as filed_transport_mode, f.conveyance as filed_conveyance,
    f.port_of_export as filed_port_of_export, f.routed as filed_routed, f.invoice_number as filed_invoice_number,
    m.line_id as subject_key, m.differs, m.is_first, f.is_cancelled, m.matched_by,
    coalesce(s.line_count, 1) as line_count, coalesce(s.filing_count, 1) as filing_count,
    case when m.group_id is null then l.value_usd else s.recorded_usd end as recorded_usd,
    case when m.group_id is null then f.value_usd else s.filed_usd end as filed_usd,
    case when m.group_id is null then l.quantity else s.recorded_quantity end as recorded_quantity,
    case when m.group_id is null then f.quantity else s.filed_quantity end as filed_quantity,
    case when m.group_id is null then upper(l.uom) else s.unit end as unit,
    case when m.group_id is null then upper(f.uom) else s.filed_unit end as filed_unit,
    case
        when m.group_id is not null then s.quantity_in_filed_unit
        when l.uom <> '' and f.uom <> '' then round(l.quantity * u.ratio, 6)
        else l.quantity::double
    end as quantity_in_filed_unit,
    is_repair(f.schedule_b) as is_repair, s.filed_schedule_bs, s.filed_origins,
    case when m.group_id is null then original_amount(l.value_recorded, l.currency) else s.recorded_original end
        as recorded_original,
    s.filed_eccns, s.filed_codes, s.filed_numbers,
    case when s.line_count > 1 then concat(' in lines ', array_to_string(s.line_numbers, ', '), ' together') else '' end
        as in_lines,
    concat(
        case when s.filing_count > 1 then ' in ' || s.filing_count || ' lines' else '' end, ' under ',
        coalesce(nullif(f.itn, ''), 'a filing without ITN'),
        case when coalesce(s.filing_count, 1) = 1 then ' line ' || f.line_number end, ' (matched by ', m.matched_by, ')'
    ) as in_filing
from marked_pairs as m
join fetched_lines as l on l.line_id = m.line_id
join current_filings as f on f.filing_id = m.filing_id
left join matched_sums as s on s.source = m.source and s.group_id = m.group_id
left join unit_ratios as u on u.uom = l.uom and u.filed_uom = f.uom

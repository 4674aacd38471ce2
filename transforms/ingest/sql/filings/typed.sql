-- What does each row of a report of filings say, in canonical types? One row per row of `incoming`; `is_unread` marks
-- the rows that cannot be loaded. Text keeps NULL for "no such column" and '' for "left empty".
with named_rows as (
    select
        i.*,
        c1.iso2 as read_destination, c2.iso2 as read_consignee_country, c3.iso2 as read_intermediate_country,
        shared_license(i.license_code, i.license_number, f.codes, f.symbols) as license,
        coalesce(license[1], i.license_code) as found_code,
        coalesce(license[2], i.license_number) as found_number,
        read_eccn(i.eccn, may_stand_beside_nlr(found_code, found_number, f.nlr_codes)) as found_eccn,
        read_itn(i.itn) as found_itn,
        i as recorded
    from incoming as i
    cross join license_forms as f
    left join country_forms as c1 on c1.name = fold_country(read_code(i.destination))
    left join country_forms as c2 on c2.name = fold_country(read_code(i.consignee_country))
    left join country_forms as c3 on c3.name = fold_country(read_code(i.intermediate_country))
),

read_rows as (
    select
        r.source,
        r.found_itn as itn,
        r.shipment_reference as shipment_reference,
        read_integer(r.line_number) as line_number,
        read_status(r.status) as status,
        read_date(r.export_on, $export_on_forms, $time_zone) as export_on,
        r.filer_id as filer_id,
        r.usppi_id as usppi_id,
        r.usppi_name as usppi_name,
        r.consignee_name as consignee_name,
        case when r.consignee_country = '' then '' else read_consignee_country end as consignee_country,
        upper(read_code(r.consignee_type)) as consignee_type,
        case when r.intermediate_country = '' then '' else read_intermediate_country end as intermediate_country,
        case when r.destination = '' then '' else read_destination end as destination,
        r.description as description,
        translate(read_code(r.schedule_b), '. -', '') as schedule_b,
        upper(read_code(r.origin_df)) as origin_df,
        read_amount(r.quantity, $decimal) as quantity,
        upper(read_code(r.uom)) as uom,
        read_amount(r.value_usd, $decimal) as value_usd,
        r.found_eccn as eccn,
        upper(read_code(r.found_code)) as license_code,
        upper(number_beside(r.found_number, r.found_eccn, r.eccn)) as license_number,
        read_code(r.filing_option) as filing_option,
        read_code(r.transport_mode) as transport_mode,
        r.conveyance as conveyance,
        read_code(r.port_of_export) as port_of_export,
        coalesce(read_flag(read_code(r.routed)), upper(r.routed)) as routed,
        r.invoice_number as invoice_number,
        read_moment(r.transmitted_at, $transmitted_at_forms) as transmitted_at,
        r.row_number,
        r.recorded
    from named_rows as r
)

select
    *,
    coalesce(itn, '') = '' or line_number is null or is_formula_error(recorded.itn) or is_formula_error(recorded.eccn)
        or is_formula_error(recorded.schedule_b) or is_formula_error(recorded.license_code)
        or is_formula_error(recorded.license_number)
        or coalesce(
            (export_on is null and not is_blank_date(recorded.export_on))
            or (transmitted_at is null and not is_blank_date(recorded.transmitted_at))
            or (quantity is null and recorded.quantity <> '') or (value_usd is null and recorded.value_usd <> '')
            or (destination is null and recorded.destination <> '')
            or (consignee_country is null and recorded.consignee_country <> '')
            or (intermediate_country is null and recorded.intermediate_country <> ''),
            false
        )
        or coalesce(len(recorded.faults) > 0, false) as is_unread
from read_rows

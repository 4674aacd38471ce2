-- What does each row of a report of filings say, in canonical types? One row per row of `incoming`; `is_unread` marks
-- the rows that cannot be loaded. Text keeps NULL for "no such column" and '' for "left empty". What texts say that are
-- not read at sight stands in the tables of `texts/`.
with looked_up_rows as (
    select
        i.*,
        c1.iso2 as read_destination, c2.iso2 as read_consignee_country, c3.iso2 as read_intermediate_country,
        coalesce(t1.sole_code, i.license_code) as found_code,
        coalesce(t1.sole_number, i.license_number) as found_number,
        coalesce(t2.itn, i.itn) as found_itn,
        coalesce(
            if(may_stand_beside_nlr(found_code, found_number, f.nlr_codes), t3.beside_nlr, t3.alone), i.eccn
        ) as found_eccn,
        t3.has_nlr as has_nlr_in_eccn,
        amount_of(i.quantity, t4.amount, $decimal) as read_quantity,
        amount_of(i.value_usd, t5.amount, $decimal) as read_value_usd,
        day_of(i.export_on, t6.day, $export_on_forms) as read_export_on,
        i as recorded
    from incoming as i
    cross join license_forms as f
    left join country_forms as c1 on c1.name = fold_country(read_code(i.destination))
    left join country_forms as c2 on c2.name = fold_country(read_code(i.consignee_country))
    left join country_forms as c3 on c3.name = fold_country(read_code(i.intermediate_country))
    left join license_texts as t1
        on t1.code is not distinct from i.license_code and t1.number is not distinct from i.license_number
    left join itn_texts as t2 on t2.told = i.itn
    left join eccn_texts as t3 on t3.told = i.eccn
    left join amount_texts as t4 on t4.told = i.quantity
    left join amount_texts as t5 on t5.told = i.value_usd
    left join day_texts as t6 on t6.column_name = 'export_on' and t6.told = i.export_on
),

read_rows as (
    select
        r.source,
        r.found_itn as itn,
        r.shipment_reference as shipment_reference,
        read_integer(r.line_number) as line_number,
        read_status(r.status) as status,
        read_export_on as export_on,
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
        read_quantity as quantity,
        upper(read_code(r.uom)) as uom,
        read_value_usd as value_usd,
        r.found_eccn as eccn,
        upper(read_code(r.found_code)) as license_code,
        upper(number_beside(r.found_number, r.found_eccn, r.eccn, has_nlr_in_eccn)) as license_number,
        read_code(r.filing_option) as filing_option,
        read_code(r.transport_mode) as transport_mode,
        r.conveyance as conveyance,
        read_code(r.port_of_export) as port_of_export,
        coalesce(read_flag(read_code(r.routed)), upper(r.routed)) as routed,
        r.invoice_number as invoice_number,
        read_moment(r.transmitted_at, $transmitted_at_forms) as transmitted_at,
        is_formula_error(r.itn) or is_formula_error(r.eccn) or is_formula_error(r.schedule_b)
            or is_formula_error(r.license_code) or is_formula_error(r.license_number)
            or coalesce(
                (read_export_on is null and not is_blank_date(r.export_on))
                or (read_quantity is null and r.quantity <> '') or (read_value_usd is null and r.value_usd <> '')
                or (read_destination is null and r.destination <> '')
                or (read_consignee_country is null and r.consignee_country <> '')
                or (read_intermediate_country is null and r.intermediate_country <> '')
                or len(r.faults) > 0,
                false
            ) as has_unread_cell,
        r.transmitted_at as told_transmitted_at,
        r.row_number,
        r.recorded
    from looked_up_rows as r
)

select
    * exclude (has_unread_cell, told_transmitted_at),
    coalesce(itn, '') = '' or line_number is null or has_unread_cell
        or coalesce(transmitted_at is null and not is_blank_date(told_transmitted_at), false) as is_unread
from read_rows

-- What does each row of the extract say, in canonical types? One row per row of `incoming`; `is_unread` marks the
-- rows that cannot be loaded. Text keeps NULL for "no such column" and '' for "left empty". What texts say that are
-- not read at sight stands in the tables of `texts/`.
with looked_up_rows as (
    select
        i.*,
        c1.iso2 as read_destination, c2.iso2 as read_consignee_country, c3.iso2 as read_intermediate_country,
        c4.iso2 as read_end_user_country, c5.iso2 as read_shipped_from, c6.iso2 as origin_country,
        c10.iso2 as read_purchaser_country,
        c7.iso2 as territory, c9.iso2 as left_territory, c8.code as read_currency,
        i.currency is null or c8.code = 'USD' as is_in_dollars,
        coalesce(t1.sole_code, i.license_code) as found_code,
        coalesce(t1.sole_number, i.license_number) as found_number,
        coalesce(t2.itn, i.itn) as found_itn,
        coalesce(t3.exemption, i.eei_exemption) as found_exemption, t3.itn as itn_in_exemption,
        coalesce(
            if(may_stand_beside_nlr(found_code, found_number, f.nlr_codes), t4.beside_nlr, t4.alone), i.eccn
        ) as found_eccn,
        t4.has_nlr as has_nlr_in_eccn,
        amount_of(i.quantity, t5.amount, $decimal) as read_quantity,
        amount_of(i.value_usd, t6.amount, $decimal) as read_value_usd,
        amount_of(i.value_recorded, t7.amount, $decimal) as read_value_recorded,
        day_of(i.export_on, t8.day, $export_on_forms) as read_export_on,
        day_of(i.tendered_on, t9.day, $tendered_on_forms) as read_tendered_on,
        i as recorded
    from incoming as i
    cross join license_forms as f
    left join country_forms as c1 on c1.name = fold_country(i.destination)
    left join country_forms as c2 on c2.name = fold_country(i.consignee_country)
    left join country_forms as c3 on c3.name = fold_country(i.intermediate_country)
    left join country_forms as c4 on c4.name = fold_country(i.end_user_country)
    left join country_forms as c10 on c10.name = fold_country(i.purchaser_country)
    left join country_forms as c5 on c5.name = fold_country(i.shipped_from)
    left join country_forms as c6 on c6.name = if(length(i.origin_df) > 1, fold_country(i.origin_df), null)
    left join country_forms as c7 on c7.name = if(i.destination_region <> '', fold_country(i.destination_region), null)
    left join country_forms as c9
        on c9.name = if(i.shipped_from_region <> '', fold_country(i.shipped_from_region), null)
    left join currency_forms as c8 on c8.name = fold_currency(i.currency)
    left join license_texts as t1
        on t1.code is not distinct from i.license_code and t1.number is not distinct from i.license_number
    left join itn_texts as t2 on t2.told = i.itn
    left join exemption_texts as t3 on t3.told = i.eei_exemption
    left join eccn_texts as t4 on t4.told = i.eccn
    left join amount_texts as t5 on t5.told = i.quantity
    left join amount_texts as t6 on t6.told = i.value_usd
    left join amount_texts as t7 on t7.told = i.value_recorded
    left join day_texts as t8 on t8.column_name = 'export_on' and t8.told = i.export_on
    left join day_texts as t9 on t9.column_name = 'tendered_on' and t9.told = i.tendered_on
),

read_rows as (
    select
        r.source,
        r.shipment_id as shipment_id,
        read_integer(r.line_number) as line_number,
        read_export_on as export_on,
        read_tendered_on as tendered_on,
        fold_code(r.activity) as activity,
        fold_code(r.form) as form,
        r.usppi_id as usppi_id,
        r.usppi_name as usppi_name,
        r.consignee_name as consignee_name,
        case when r.consignee_country = '' then '' else read_consignee_country end as consignee_country,
        upper(r.consignee_type) as consignee_type,
        r.intermediate_consignee_name as intermediate_consignee_name,
        case when r.intermediate_country = '' then '' else read_intermediate_country end as intermediate_country,
        r.end_user_name as end_user_name,
        case when r.end_user_country = '' then '' else read_end_user_country end as end_user_country,
        case
            when r.destination = '' then ''
            when read_destination = 'US' and is_us_territory(territory) then territory
            else read_destination
        end as destination,
        case when r.shipped_from = '' then '' else read_shipped_from end as shipped_from,
        r.part_number as part_number,
        r.description as description,
        r.found_eccn as eccn,
        replace(replace(replace(r.schedule_b, '.', ''), ' ', ''), '-', '') as schedule_b,
        -- 15 CFR 30.6(a)(11): D or F. A country tells which; a territory does not.
        case
            when length(r.origin_df) <= 1 then upper(r.origin_df)
            when upper(r.origin_df) in ('DOMESTIC', 'FOREIGN') then left(upper(r.origin_df), 1)
            when origin_country = 'US' then 'D'
            when origin_country is not null and not is_us_territory(origin_country)
                and not is_placeholder(fold_name(r.origin_df)) then 'F'
            else upper(r.origin_df)
        end as origin_df,
        read_quantity as quantity,
        upper(r.uom) as uom,
        -- a row with both has dollars in its value_usd, whatever the currency, unless the two are one amount
        case
            when r.value_recorded <> '' and coalesce(r.value_usd, '') = '' and read_currency = 'USD'
                then read_value_recorded
            when is_in_dollars or (r.value_recorded <> '' and r.value_recorded is distinct from r.value_usd)
                then read_value_usd
        end as value_usd,
        upper(r.found_code) as license_code,
        upper(number_beside(r.found_number, r.found_eccn, r.eccn, has_nlr_in_eccn)) as license_number,
        if(
            r.exception_paragraph = '', '',
            regexp_replace(replace(lower(r.exception_paragraph), ' ', ''), '^(15cfr)?§?', '')
        ) as exception_paragraph,
        -- an ITN that stands in the exemption field is one, also beside a legend
        if(coalesce(r.itn, '') = '', coalesce(itn_in_exemption, r.found_itn), r.found_itn) as itn,
        r.found_exemption as eei_exemption,
        r.filing_option as filing_option,
        r.transport_mode as transport_mode,
        r.conveyance as conveyance,
        r.port_of_export as port_of_export,
        upper(r.routed) as routed,
        r.invoice_number as invoice_number,
        coalesce(read_currency, upper(r.currency)) as currency,
        case
            when r.value_recorded is not null then read_value_recorded
            when not coalesce(is_in_dollars, false) and not is_against(r.value_usd, read_currency) then read_value_usd
        end as value_recorded,
        upper(r.destination_region) as destination_region,
        if(is_us_territory(left_territory), left_territory, upper(r.shipped_from_region)) as shipped_from_region,
        r.order_number as order_number,
        r.purchaser_name as purchaser_name,
        case when r.purchaser_country = '' then '' else read_purchaser_country end as purchaser_country,
        r.forwarder_name as forwarder_name,
        r.consignee_address as consignee_address,
        r.end_user_address as end_user_address,
        -- what is recorded of it cannot be read
        (read_tendered_on is null and not is_blank_date(r.tendered_on))
            or (read_quantity is null and r.quantity <> '')
            or (read_destination is null and r.destination <> '')
            or (read_consignee_country is null and r.consignee_country <> '')
            or (read_intermediate_country is null and r.intermediate_country <> '')
            or (read_end_user_country is null and r.end_user_country <> '')
            or (read_purchaser_country is null and r.purchaser_country <> '')
            or (read_shipped_from is null and r.shipped_from <> '')
            or len(r.faults) > 0 as has_unread_cell,
        r.value_usd <> '' as has_value_usd,
        r.value_recorded <> '' as has_value_recorded,
        r.row_number,
        r.recorded
    from looked_up_rows as r
)

select
    * exclude (has_unread_cell, has_value_usd, has_value_recorded),
    coalesce(shipment_id, '') = '' or line_number is null or export_on is null
        or coalesce(
            has_unread_cell
            or (value_usd is null and has_value_usd and (value_recorded is null or has_value_recorded is not null))
            or (value_recorded is null and has_value_recorded)
            or activity not in ('', 'export', 'reexport', 'in_country_transfer')
            or form not in ('', 'tangible', 'intangible'),
            false
        ) as is_unread
from read_rows

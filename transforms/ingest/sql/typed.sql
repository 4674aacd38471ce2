-- What does each row of the extract say, in canonical types? One row per row of `incoming`; `is_unread` marks the
-- rows that cannot be loaded. Text keeps NULL for "no such column" and '' for "left empty".
with licensed_rows as (
    select i.*, f.nlr_codes, shared_license(i.license_code, i.license_number, f.codes, f.symbols) as license
    from incoming as i
    cross join license_forms as f
),

found_rows as (
    select
        *, coalesce(license[1], license_code) as found_code, coalesce(license[2], license_number) as found_number
    from licensed_rows
),

named_rows as (
    select
        i.* exclude (nlr_codes, license),
        c1.iso2 as read_destination, c2.iso2 as read_consignee_country, c3.iso2 as read_intermediate_country,
        c4.iso2 as read_end_user_country, c5.iso2 as read_shipped_from, c6.iso2 as origin_country,
        c7.iso2 as territory, c9.iso2 as left_territory, c8.code as read_currency,
        i.currency is null or c8.code = 'USD' as is_in_dollars,
        read_eccn(i.eccn, may_stand_beside_nlr(i.found_code, i.found_number, i.nlr_codes)) as found_eccn,
        read_itn(i.itn) as found_itn,
        read_exemption(i.eei_exemption) as found_exemption,
        i as recorded
    from found_rows as i
    left join country_forms as c1 on c1.name = fold_country(i.destination)
    left join country_forms as c2 on c2.name = fold_country(i.consignee_country)
    left join country_forms as c3 on c3.name = fold_country(i.intermediate_country)
    left join country_forms as c4 on c4.name = fold_country(i.end_user_country)
    left join country_forms as c5 on c5.name = fold_country(i.shipped_from)
    left join country_forms as c6 on c6.name = if(length(i.origin_df) > 1, fold_country(i.origin_df), null)
    left join country_forms as c7 on c7.name = if(i.destination_region <> '', fold_country(i.destination_region), null)
    left join country_forms as c9
        on c9.name = if(i.shipped_from_region <> '', fold_country(i.shipped_from_region), null)
    left join currency_forms as c8 on c8.name = fold_currency(i.currency)
),

read_rows as (
    select
        r.source,
        r.shipment_id as shipment_id,
        read_integer(r.line_number) as line_number,
        read_date(r.export_on, $export_on_forms, $time_zone) as export_on,
        read_date(r.tendered_on, $tendered_on_forms, $time_zone) as tendered_on,
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
        read_amount(r.quantity, $decimal) as quantity,
        upper(r.uom) as uom,
        -- a row with both has dollars in its value_usd, whatever the currency, unless the two are one amount
        case
            when r.value_recorded <> '' and coalesce(r.value_usd, '') = '' and read_currency = 'USD'
                then read_amount(r.value_recorded, $decimal)
            when is_in_dollars or (r.value_recorded <> '' and r.value_recorded is distinct from r.value_usd)
                then read_amount(r.value_usd, $decimal)
        end as value_usd,
        upper(r.found_code) as license_code,
        upper(number_beside(r.found_number, r.found_eccn, r.eccn)) as license_number,
        regexp_replace(replace(lower(r.exception_paragraph), ' ', ''), '^(15cfr)?§?', '') as exception_paragraph,
        case
            -- an ITN that stands in the exemption field is one
            when coalesce(r.itn, '') = '' and is_itn(r.found_exemption) then r.found_exemption
            -- so does one beside a legend
            when coalesce(r.itn, '') = '' and starts_with(r.found_exemption, '30.')
                and contains(upper(r.eei_exemption), 'X')
                and len(itns_in(plain_text(r.eei_exemption))) = 1
                then itns_in(plain_text(r.eei_exemption))[1]
            else r.found_itn
        end as itn,
        r.found_exemption as eei_exemption,
        r.filing_option as filing_option,
        r.transport_mode as transport_mode,
        r.conveyance as conveyance,
        r.port_of_export as port_of_export,
        upper(r.routed) as routed,
        r.invoice_number as invoice_number,
        coalesce(read_currency, upper(r.currency)) as currency,
        case
            when r.value_recorded is not null then read_amount(r.value_recorded, $decimal)
            when not coalesce(is_in_dollars, false) then read_foreign(r.value_usd, read_currency, $decimal)
        end as value_recorded,
        upper(r.destination_region) as destination_region,
        if(is_us_territory(left_territory), left_territory, upper(r.shipped_from_region)) as shipped_from_region,
        r.row_number,
        r.recorded
    from named_rows as r
)

select
    *,
    coalesce(shipment_id, '') = '' or line_number is null or export_on is null
        or coalesce(
            (tendered_on is null and not is_blank_date(recorded.tendered_on))
            or (quantity is null and recorded.quantity <> '') or (value_usd is null and recorded.value_usd <> ''
                and (value_recorded is null or recorded.value_recorded is not null))
            or (value_recorded is null and recorded.value_recorded <> '')
            or (destination is null and recorded.destination <> '')
            or (consignee_country is null and recorded.consignee_country <> '')
            or (intermediate_country is null and recorded.intermediate_country <> '')
            or (end_user_country is null and recorded.end_user_country <> '')
            or (shipped_from is null and recorded.shipped_from <> '')
            or activity not in ('', 'export', 'reexport', 'in_country_transfer')
            or form not in ('', 'tangible', 'intangible'),
            false
        )
        or coalesce(len(recorded.faults) > 0, false) as is_unread
from read_rows

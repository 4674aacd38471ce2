-- What does each row of the extract say, in canonical types? One row per row of `incoming`; `is_unread` marks the
-- rows that cannot be loaded. Text keeps NULL for "no such column" and '' for "left empty".
with named as (
    select
        i.*,
        c1.iso2 as read_destination, c2.iso2 as read_consignee_country, c3.iso2 as read_intermediate_country,
        c4.iso2 as read_end_user_country, c5.iso2 as read_shipped_from
    from incoming as i
    left join country_forms as c1 on c1.name = fold_country(i.destination)
    left join country_forms as c2 on c2.name = fold_country(i.consignee_country)
    left join country_forms as c3 on c3.name = fold_country(i.intermediate_country)
    left join country_forms as c4 on c4.name = fold_country(i.end_user_country)
    left join country_forms as c5 on c5.name = fold_country(i.shipped_from)
)

select
    r.source,
    trim(r.shipment_id) as shipment_id,
    read_integer(trim(r.line_number)) as line_number,
    read_date(trim(r.export_on), $export_on_forms) as export_on,
    read_date(trim(r.tendered_on), $tendered_on_forms) as tendered_on,
    fold_code(r.activity) as activity,
    fold_code(r.form) as form,
    trim(r.usppi_id) as usppi_id,
    trim(r.usppi_name) as usppi_name,
    trim(r.consignee_name) as consignee_name,
    case when r.consignee_country = '' then '' else read_consignee_country end as consignee_country,
    upper(trim(r.consignee_type)) as consignee_type,
    trim(r.intermediate_consignee_name) as intermediate_consignee_name,
    case when r.intermediate_country = '' then '' else read_intermediate_country end as intermediate_country,
    trim(r.end_user_name) as end_user_name,
    case when r.end_user_country = '' then '' else read_end_user_country end as end_user_country,
    case when r.destination = '' then '' else read_destination end as destination,
    case when r.shipped_from = '' then '' else read_shipped_from end as shipped_from,
    trim(r.part_number) as part_number,
    trim(r.description) as description,
    case
        when upper(replace(r.eccn, ' ', '')) = 'EAR99' then 'EAR99'
        else upper(left(replace(r.eccn, ' ', ''), 5)) || lower(substr(replace(r.eccn, ' ', ''), 6))
    end as eccn,
    trim(r.schedule_b) as schedule_b,
    upper(trim(r.origin_df)) as origin_df,
    read_number(case when $decimal = ',' then translate(trim(r.quantity), ',.', '.,') else trim(r.quantity) end)
        as quantity,
    upper(trim(r.uom)) as uom,
    read_number(case when $decimal = ',' then translate(trim(r.value_usd), ',.', '.,') else trim(r.value_usd) end)
        as value_usd,
    upper(trim(r.license_code)) as license_code,
    upper(trim(r.license_number)) as license_number,
    regexp_replace(replace(lower(r.exception_paragraph), ' ', ''), '^(15cfr)?§?', '') as exception_paragraph,
    upper(trim(r.itn)) as itn,
    case
        when r.eei_exemption is null then null
        when regexp_matches(r.eei_exemption, '30\.\d')
            then regexp_extract(replace(lower(r.eei_exemption), ' ', ''), '30\.\d+(\([a-z0-9]\))*')
        else upper(trim(r.eei_exemption))
    end as eei_exemption,
    trim(r.filing_option) as filing_option,
    trim(r.transport_mode) as transport_mode,
    trim(r.conveyance) as conveyance,
    trim(r.port_of_export) as port_of_export,
    upper(trim(r.routed)) as routed,
    trim(r.invoice_number) as invoice_number,
    r.row_number,
    r as recorded,
    shipment_id is null or shipment_id = '' or line_number is null or export_on is null
        or (tendered_on is null and trim(r.tendered_on) <> '')
        or (quantity is null and trim(r.quantity) <> '') or (value_usd is null and trim(r.value_usd) <> '')
        or (r.destination <> '' and read_destination is null)
        or (r.consignee_country <> '' and read_consignee_country is null)
        or (r.intermediate_country <> '' and read_intermediate_country is null)
        or (r.end_user_country <> '' and read_end_user_country is null)
        or (r.shipped_from <> '' and read_shipped_from is null)
        or activity not in ('', 'export', 'reexport', 'in_country_transfer')
        or form not in ('', 'tangible', 'intangible') as found_unreadable,
    coalesce(found_unreadable, false) as is_unread
from named as r

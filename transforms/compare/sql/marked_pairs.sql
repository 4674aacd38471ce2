-- Which matched lines differ from what AES holds, and in what? One row per such line; `differs` names the columns.
-- This is the one pass over all matches: of the columns that both sides have, it looks at those in `$compared` alone.
-- Values are those of AES, in whole dollars, quantities in whole units of AES (15 CFR 30.6(a)(15) and (17)), or in
-- units without a common measure; where AES shows X, it asks for no quantity (30.6(a)(14)). ECCNs are compared in five
-- characters; of names and numbers the spelling does not count. A side that records nothing differs in nothing, but for
-- the value. Of lines filed together the first tells what their sums differ in, and numbers and origins that AES adds.
-- A filing that is canceled, or that AES did not accept, differs in its status alone.
with matched_pairs as (
    select
        m.line_id, m.filing_id, m.matched_by, m.source, m.group_id,
        f.is_cancelled or f.standing is not distinct from 'not held' as is_void,
        m.group_id is null or s.first_line_id = m.line_id as is_first, s.is_value_other, s.is_quantity_other,
        coalesce(s.is_schedule_b_other, false) as is_schedule_b_other,
        coalesce(s.is_origin_other, false) as is_origin_other, u.ratio,
        l.itn, l.export_on, l.usppi_id, l.usppi_name, l.consignee_name, l.consignee_country, l.consignee_type,
        l.intermediate_country, l.destination, l.description, l.schedule_b, l.origin_df, l.quantity, l.uom,
        l.value_usd, l.eccn, l.license_code, l.license_number, l.filing_option, l.transport_mode, l.conveyance,
        l.port_of_export, l.routed, l.invoice_number,
        f.itn as filed_itn, f.export_on as filed_export_on, f.usppi_id as filed_usppi_id,
        f.usppi_name as filed_usppi_name, f.consignee_name as filed_consignee_name,
        f.consignee_country as filed_consignee_country, f.consignee_type as filed_consignee_type,
        f.intermediate_country as filed_intermediate_country, f.destination as filed_destination,
        f.description as filed_description, f.schedule_b as filed_schedule_b, f.origin_df as filed_origin_df,
        f.quantity as filed_quantity, f.uom as filed_uom, f.value_usd as filed_value_usd, f.eccn as filed_eccn,
        f.license_code as filed_license_code, f.license_number as filed_license_number,
        f.filing_option as filed_filing_option, f.transport_mode as filed_transport_mode,
        f.conveyance as filed_conveyance, f.port_of_export as filed_port_of_export, f.routed as filed_routed,
        f.invoice_number as filed_invoice_number
    from filing_matches as m
    join current_lines as l on l.line_id = m.line_id
    join current_filings as f on f.filing_id = m.filing_id
    left join matched_sums as s on s.source = m.source and s.group_id = m.group_id
    left join unit_ratios as u on u.uom = l.uom and u.filed_uom = f.uom
    where m.group_id is null or m.filing_id = m.group_id
),

compared_pairs as (
    select
        line_id, filing_id, matched_by, source, group_id, is_first, is_void,
        is_void and list_contains($compared::varchar[], 'status') as status_differs,
        list_contains($compared::varchar[], 'itn') and itn <> filed_itn and itn <> '' and filed_itn <> ''
            and not starts_with(itn, 'AES') as itn_differs,
        list_contains($compared::varchar[], 'export_on') and export_on <> filed_export_on as export_on_differs,
        list_contains($compared::varchar[], 'usppi_id') and usppi_id <> filed_usppi_id and usppi_id <> ''
            and filed_usppi_id <> '' and ein_of(usppi_id) <> ein_of(filed_usppi_id) as usppi_id_differs,
        list_contains($compared::varchar[], 'usppi_name') and usppi_name <> filed_usppi_name and usppi_name <> ''
            and filed_usppi_name <> '' and fold_name(usppi_name) <> fold_name(filed_usppi_name) as usppi_name_differs,
        list_contains($compared::varchar[], 'consignee_name') and consignee_name <> filed_consignee_name
            and consignee_name <> '' and filed_consignee_name <> ''
            and fold_name(consignee_name) <> fold_name(filed_consignee_name) as consignee_name_differs,
        list_contains($compared::varchar[], 'consignee_country') and consignee_country <> filed_consignee_country
            and consignee_country <> '' and filed_consignee_country <> '' as consignee_country_differs,
        list_contains($compared::varchar[], 'consignee_type') and consignee_type <> filed_consignee_type
            and consignee_type <> '' and filed_consignee_type <> '' as consignee_type_differs,
        list_contains($compared::varchar[], 'intermediate_country')
            and intermediate_country <> filed_intermediate_country and intermediate_country <> ''
            and filed_intermediate_country <> '' as intermediate_country_differs,
        list_contains($compared::varchar[], 'destination') and destination <> filed_destination and destination <> ''
            and filed_destination <> '' as destination_differs,
        list_contains($compared::varchar[], 'description') and description <> filed_description and description <> ''
            and filed_description <> '' and fold_name(description) <> fold_name(filed_description)
            as description_differs,
        list_contains($compared::varchar[], 'schedule_b') and (
            is_first and is_schedule_b_other or schedule_b <> filed_schedule_b and schedule_b <> ''
            and filed_schedule_b <> '' and fold_id(schedule_b) <> fold_id(filed_schedule_b)
        ) as schedule_b_differs,
        list_contains($compared::varchar[], 'origin_df') and (
            is_first and is_origin_other or origin_df <> filed_origin_df and origin_df <> '' and filed_origin_df <> ''
        ) as origin_df_differs,
        list_contains($compared::varchar[], 'quantity') and if(
            group_id is null,
            quantity is not null and filed_quantity is not null and case
                when uom = filed_uom
                    then (quantity <> filed_quantity or quantity < 1) and filed_uom not in ('X', 'x')
                        and greatest(1, floor(quantity + 0.5)) <> filed_quantity
                when upper(filed_uom) = 'X' then false
                when uom <> '' and filed_uom <> '' and ratio is null then true
                else greatest(1, floor(round(quantity * coalesce(ratio, 1), 6) + 0.5)) <> filed_quantity
            end,
            is_first and is_quantity_other
        ) as quantity_differs,
        list_contains($compared::varchar[], 'uom') and uom <> filed_uom and uom <> '' and filed_uom <> ''
            and upper(uom) <> upper(filed_uom) as uom_differs,
        list_contains($compared::varchar[], 'value_usd') and if(
            group_id is null,
            value_usd is null or filed_value_usd is null or round(value_usd) <> round(filed_value_usd),
            is_first and is_value_other
        ) as value_usd_differs,
        list_contains($compared::varchar[], 'eccn') and eccn <> filed_eccn and eccn <> '' and filed_eccn <> ''
            and left(eccn, 5) <> left(filed_eccn, 5) as eccn_differs,
        list_contains($compared::varchar[], 'license_code') and license_code <> filed_license_code
            and license_code <> '' and filed_license_code <> '' as license_code_differs,
        list_contains($compared::varchar[], 'license_number') and license_number <> filed_license_number
            and license_number <> '' and filed_license_number <> ''
            and fold_id(license_number) <> fold_id(filed_license_number) as license_number_differs,
        list_contains($compared::varchar[], 'filing_option') and filing_option <> filed_filing_option
            and filing_option <> '' and filed_filing_option <> '' as filing_option_differs,
        list_contains($compared::varchar[], 'transport_mode') and transport_mode <> filed_transport_mode
            and transport_mode <> '' and filed_transport_mode <> '' as transport_mode_differs,
        list_contains($compared::varchar[], 'conveyance') and conveyance <> filed_conveyance and conveyance <> ''
            and filed_conveyance <> '' and fold_name(conveyance) <> fold_name(filed_conveyance) as conveyance_differs,
        list_contains($compared::varchar[], 'port_of_export') and port_of_export <> filed_port_of_export
            and port_of_export <> '' and filed_port_of_export <> '' as port_of_export_differs,
        list_contains($compared::varchar[], 'routed') and routed <> filed_routed and routed <> ''
            and filed_routed <> '' and upper(routed) <> upper(filed_routed) as routed_differs,
        list_contains($compared::varchar[], 'invoice_number') and invoice_number <> filed_invoice_number
            and invoice_number <> '' and filed_invoice_number <> ''
            and fold_id(invoice_number) <> fold_id(filed_invoice_number) as invoice_number_differs
    from matched_pairs
)

select
    line_id, filing_id, matched_by, source, group_id, is_first,
    if(
        is_void, if(status_differs, ['status'], []),
        list_filter([
            case when itn_differs then 'itn' end, case when export_on_differs then 'export_on' end,
            case when usppi_id_differs then 'usppi_id' end, case when usppi_name_differs then 'usppi_name' end,
            case when consignee_name_differs then 'consignee_name' end,
            case when consignee_country_differs then 'consignee_country' end,
            case when consignee_type_differs then 'consignee_type' end,
            case when intermediate_country_differs then 'intermediate_country' end,
            case when destination_differs then 'destination' end,
            case when description_differs then 'description' end, case when schedule_b_differs then 'schedule_b' end,
            case when origin_df_differs then 'origin_df' end, case when quantity_differs then 'quantity' end,
            case when uom_differs then 'uom' end, case when value_usd_differs then 'value_usd' end,
            case when eccn_differs then 'eccn' end, case when license_code_differs then 'license_code' end,
            case when license_number_differs then 'license_number' end,
            case when filing_option_differs then 'filing_option' end,
            case when transport_mode_differs then 'transport_mode' end,
            case when conveyance_differs then 'conveyance' end,
            case when port_of_export_differs then 'port_of_export' end, case when routed_differs then 'routed' end,
            case when invoice_number_differs then 'invoice_number' end
        ], lambda one: one is not null)
    ) as differs
from compared_pairs
where status_differs or $are_all_shown
    or not is_void and (
        itn_differs or export_on_differs or usppi_id_differs or usppi_name_differs or consignee_name_differs
        or consignee_country_differs or consignee_type_differs or intermediate_country_differs or destination_differs
        or description_differs or schedule_b_differs or origin_df_differs or quantity_differs or uom_differs
        or value_usd_differs or eccn_differs or license_code_differs or license_number_differs
        or filing_option_differs or transport_mode_differs or conveyance_differs or port_of_export_differs
        or routed_differs or invoice_number_differs
    )

-- Which rows cannot be loaded, and why? One row per such row, with every problem found in it.
select
    row_number + coalesce(skipped_rows, 0) as row_number,
    list_filter([
        case when coalesce(shipment_id, '') = '' then struct_pack(
            column_name := 'shipment_id', recorded := recorded.shipment_id,
            reason := 'no shipment reference: a line needs shipment_id and line_number') end,
        case when line_number is null then struct_pack(
            column_name := 'line_number', recorded := recorded.line_number, reason := 'not a whole number') end,
        case when export_on is null then struct_pack(
            column_name := 'export_on', recorded := recorded.export_on,
            reason := 'not a date of export, from 1980 to 2099, in the forms '
                || array_to_string($export_on_forms, ', ')) end,
        case when tendered_on is null and recorded.tendered_on <> '' then struct_pack(
            column_name := 'tendered_on', recorded := recorded.tendered_on,
            reason := 'not a date, from 1980 to 2099, in the forms ' || array_to_string($tendered_on_forms, ', ')) end,
        case when quantity is null and recorded.quantity <> '' then struct_pack(
            column_name := 'quantity', recorded := recorded.quantity,
            reason := why_no_amount(recorded.quantity, $decimal)) end,
        case when value_usd is null and recorded.value_usd <> '' then struct_pack(
            column_name := 'value_usd', recorded := recorded.value_usd,
            reason := why_no_amount(recorded.value_usd, $decimal)) end,
        case when destination is null and recorded.destination <> '' then struct_pack(
            column_name := 'destination', recorded := recorded.destination,
            reason := 'not a known country: ISO 3166 code or a name in country_names.csv') end,
        case when consignee_country is null and recorded.consignee_country <> '' then struct_pack(
            column_name := 'consignee_country', recorded := recorded.consignee_country,
            reason := 'not a known country: ISO 3166 code or a name in country_names.csv') end,
        case when intermediate_country is null and recorded.intermediate_country <> '' then struct_pack(
            column_name := 'intermediate_country', recorded := recorded.intermediate_country,
            reason := 'not a known country: ISO 3166 code or a name in country_names.csv') end,
        case when end_user_country is null and recorded.end_user_country <> '' then struct_pack(
            column_name := 'end_user_country', recorded := recorded.end_user_country,
            reason := 'not a known country: ISO 3166 code or a name in country_names.csv') end,
        case when shipped_from is null and recorded.shipped_from <> '' then struct_pack(
            column_name := 'shipped_from', recorded := recorded.shipped_from,
            reason := 'not a known country: ISO 3166 code or a name in country_names.csv') end,
        case when activity not in ('', 'export', 'reexport', 'in_country_transfer') then struct_pack(
            column_name := 'activity', recorded := recorded.activity,
            reason := 'not one of export, reexport, in_country_transfer') end,
        case when form not in ('', 'tangible', 'intangible') then struct_pack(
            column_name := 'form', recorded := recorded.form, reason := 'not one of tangible, intangible') end
    ], lambda problem: problem is not null) as problems,
    recorded.cells as cells, null::varchar as recorded,
    case when shipment_id <> '' and line_number is not null then [shipment_id, line_number::varchar] end as identity
from typed
asof left join skipped on skipped.place <= typed.row_number
where is_unread

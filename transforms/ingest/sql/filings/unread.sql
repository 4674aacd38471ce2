-- Which rows of a report of filings cannot be loaded, and why? One row per such row, with every problem found in it.
select
    row_number + coalesce(skipped_rows, 0) as row_number,
    list_filter([
        case when coalesce(itn, '') = '' then struct_pack(
            column_name := 'itn', recorded := recorded.itn,
            reason := 'no ITN: a line of a filing needs itn and line_number') end,
        case when line_number is null then struct_pack(
            column_name := 'line_number', recorded := recorded.line_number, reason := 'not a whole number') end,
        case when export_on is null and recorded.export_on <> '' then struct_pack(
            column_name := 'export_on', recorded := recorded.export_on,
            reason := 'not a date, from 1980 to 2099, in the forms ' || array_to_string($export_on_forms, ', ')) end,
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
        case when is_formula_error(recorded.itn) then struct_pack(
            column_name := 'itn', recorded := recorded.itn, reason := 'a formula that failed') end,
        case when is_formula_error(recorded.schedule_b) then struct_pack(
            column_name := 'schedule_b', recorded := recorded.schedule_b, reason := 'a formula that failed') end,
        case when is_formula_error(recorded.eccn) then struct_pack(
            column_name := 'eccn', recorded := recorded.eccn, reason := 'a formula that failed') end,
        case when is_formula_error(recorded.license_code) then struct_pack(
            column_name := 'license_code', recorded := recorded.license_code, reason := 'a formula that failed') end,
        case when is_formula_error(recorded.license_number) then struct_pack(
            column_name := 'license_number', recorded := recorded.license_number, reason := 'a formula that failed') end
    ], lambda problem: problem is not null) as problems,
    recorded.cells as cells, null::varchar as recorded,
    case when itn <> '' and line_number is not null then [itn, line_number::varchar] end as identity
from typed
asof left join skipped on skipped.place <= typed.row_number
where is_unread

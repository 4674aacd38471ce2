-- Which rows of a report of filings cannot be loaded, and why? One row per such row, with every problem found in it.
select
    row_number + coalesce(skipped_rows, 0) as row_number,
    with_faults(recorded.faults, [
        case when coalesce(itn, '') = '' then problem('itn', recorded.itn, 'missing') end,
        case when line_number is null
            then problem('line_number', recorded.line_number, 'not-a-whole-number') end,
        case when export_on is null and not is_blank_date(recorded.export_on)
            then no_date('export_on', recorded.export_on, $export_on_forms, $time_zone) end,
        case when transmitted_at is null and not is_blank_date(recorded.transmitted_at)
            then problem('transmitted_at', recorded.transmitted_at, 'not-a-date') end,
        case when quantity is null and recorded.quantity <> ''
            then no_amount('quantity', recorded.quantity, $decimal) end,
        case when value_usd is null and recorded.value_usd <> ''
            then no_amount('value_usd', recorded.value_usd, $decimal) end,
        case when destination is null and recorded.destination <> ''
            then problem('destination', recorded.destination, 'unknown-country') end,
        case when consignee_country is null and recorded.consignee_country <> ''
            then problem('consignee_country', recorded.consignee_country, 'unknown-country') end,
        case when intermediate_country is null and recorded.intermediate_country <> ''
            then problem('intermediate_country', recorded.intermediate_country, 'unknown-country') end,
        case when is_formula_error(recorded.itn)
            then problem('itn', recorded.itn, 'formula-error') end,
        case when is_formula_error(recorded.schedule_b)
            then problem('schedule_b', recorded.schedule_b, 'formula-error') end,
        case when is_formula_error(recorded.eccn)
            then problem('eccn', recorded.eccn, 'formula-error') end,
        case when is_formula_error(recorded.license_code)
            then problem('license_code', recorded.license_code, 'formula-error') end,
        case when is_formula_error(recorded.license_number)
            then problem('license_number', recorded.license_number, 'formula-error') end
    ]) as problems,
    recorded.cells as cells, null::varchar as recorded,
    case when itn <> '' and line_number is not null then [itn, line_number::varchar] end as identity
from typed
asof left join skipped on skipped.place <= typed.row_number
where is_unread

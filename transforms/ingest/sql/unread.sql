-- Which rows cannot be loaded, and why? One row per such row, with every problem found in it.
select
    row_number + coalesce(skipped_rows, 0) as row_number,
    with_faults(recorded.faults, [
        case when coalesce(shipment_id, '') = ''
            then problem('shipment_id', recorded.shipment_id, 'missing') end,
        case when line_number is null
            then problem('line_number', recorded.line_number, 'not-a-whole-number') end,
        case when export_on is null then no_date('export_on', recorded.export_on, $export_on_forms, $time_zone) end,
        case when tendered_on is null and not is_blank_date(recorded.tendered_on)
            then no_date('tendered_on', recorded.tendered_on, $tendered_on_forms, $time_zone) end,
        case when quantity is null and recorded.quantity <> ''
            then no_amount('quantity', recorded.quantity, $decimal) end,
        case when value_usd is null and recorded.value_usd <> ''
                and (value_recorded is null or recorded.value_recorded is not null)
            then no_amount('value_usd', recorded.value_usd, $decimal) end,
        case when value_recorded is null and recorded.value_recorded <> ''
            then no_amount('value_recorded', recorded.value_recorded, $decimal) end,
        case when destination is null and recorded.destination <> ''
            then problem('destination', recorded.destination, 'unknown-country') end,
        case when consignee_country is null and recorded.consignee_country <> ''
            then problem('consignee_country', recorded.consignee_country, 'unknown-country') end,
        case when intermediate_country is null and recorded.intermediate_country <> ''
            then problem('intermediate_country', recorded.intermediate_country, 'unknown-country') end,
        case when end_user_country is null and recorded.end_user_country <> ''
            then problem('end_user_country', recorded.end_user_country, 'unknown-country') end,
        case when purchaser_country is null and recorded.purchaser_country <> ''
            then problem('purchaser_country', recorded.purchaser_country, 'unknown-country') end,
        case when shipped_from is null and recorded.shipped_from <> ''
            then problem('shipped_from', recorded.shipped_from, 'unknown-country') end,
        case when activity not in ('', 'export', 'reexport', 'in_country_transfer')
            then problem('activity', recorded.activity, 'not-allowed') end,
        case when form not in ('', 'tangible', 'intangible')
            then problem('form', recorded.form, 'not-allowed') end
    ]) as problems,
    recorded.cells as cells, null::varchar as recorded,
    case when shipment_id <> '' and line_number is not null
            then [shipment_id, line_number::varchar] end as identity
from typed
asof left join skipped on skipped.place <= typed.row_number
where is_unread

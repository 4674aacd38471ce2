-- Which exported lines have no filing in AES, on days that the loaded filings cover? One row per such line that records
-- an ITN, or of which something was found: of the others no filing is expected.
-- 15 CFR 30.2(d)(3): electronic and intangible exports are outside the Foreign Trade Regulations.
with lines_left as materialized (
    select l.line_id, l.itn
    from current_lines as l
    where coalesce(l.activity, '') in ('', 'export') and l.form is distinct from 'intangible'
        and l.export_on between $first_on and $last_on
        and exists (
            select 1 from covered_months as c
            where c.month_on = date_trunc('month', l.export_on)
                and (c.usppi_number = '' or coalesce(l.usppi_id, '') = '' or c.usppi_number = ein_of(l.usppi_id))
        )
        and not exists (select 1 from filing_matches as m where m.line_id = l.line_id)
        and (
            l.itn <> ''
            or exists (
                select 1 from found as e
                where e.source = l.source and e.shipment_id = l.shipment_id and e.line_number = l.line_number
            )
        )
),

held_numbers as (
    select distinct itn from current_filings where itn in (select itn from lines_left)
)

select
    l.source, l.shipment_id, l.line_number, l.export_on, l.tendered_on, l.activity, l.form, l.usppi_id, l.usppi_name,
    l.consignee_name, l.consignee_country, l.consignee_type, l.intermediate_consignee_name, l.intermediate_country,
    l.end_user_name, l.end_user_country, l.destination, l.shipped_from, l.part_number, l.description, l.eccn,
    l.schedule_b, l.origin_df, l.quantity, l.uom, l.value_usd, l.license_code, l.license_number, l.exception_paragraph,
    l.itn, l.eei_exemption, l.filing_option, l.transport_mode, l.conveyance, l.port_of_export, l.routed,
    l.invoice_number, l.currency, l.value_recorded, l.destination_region, l.shipped_from_region, l.order_number,
    l.purchaser_name, l.purchaser_country, l.forwarder_name, l.consignee_address, l.end_user_address,
    l.line_id as subject_key, s.aes_state, coalesce(h.itn <> '', false) as is_itn_held,
    $first_on::date as filings_from, $last_on::date as filings_until
from lines_left as left_over
join current_lines as l on l.line_id = left_over.line_id
left join aes_states as s on s.line_id = l.line_id
left join held_numbers as h on h.itn = l.itn

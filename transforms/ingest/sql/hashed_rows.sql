-- By which hashes is a line known and joined? One row per row of `facts`, recorded or stored, with them.
-- They tell same, changed and new rows apart in one join.
-- Names are compared folded: case, spaces and punctuation do not count. It is done once for each name (`name_folds`),
-- as it is costly. A part that cannot be read is missing: it never opens a group of its own.
with folded_facts as (
    select
        f.*,
        coalesce(f.usppi_number, n1.folded) as folded_usppi,
        n2.folded as folded_consignee,
        n3.folded as folded_conveyance
    from facts as f
    left join name_folds as n1 on n1.name = f.usppi_name
    left join name_folds as n2 on n2.name = f.consignee_name
    left join name_folds as n3 on n3.name = f.conveyance
)

select
    * exclude (situation, usppi_number, has_schedule_b, folded_usppi, folded_consignee, folded_conveyance),
    hash(source, shipment_id, line_number) as identity_hash,
    hash(
        export_on, tendered_on, activity, form, usppi_id, usppi_name, consignee_name, consignee_country,
        consignee_type, intermediate_consignee_name, intermediate_country, end_user_name, end_user_country,
        destination, shipped_from, part_number, description, eccn, schedule_b, origin_df, quantity, uom, value_usd,
        license_code, license_number, exception_paragraph, itn, eei_exemption, filing_option, transport_mode,
        conveyance, port_of_export, routed, invoice_number, currency, value_recorded, destination_region,
        shipped_from_region, order_number, purchaser_name, purchaser_country, forwarder_name, consignee_address,
        end_user_address
    ) as row_hash,
    case
        when activity = 'export' and form is distinct from 'intangible' and folded_usppi is not null
            and folded_consignee is not null and destination <> '' and folded_conveyance is not null
            and has_schedule_b and origin_df in ('D', 'F')
            then hash(folded_usppi, folded_consignee, destination, folded_conveyance, export_on, schedule_b, origin_df)
    end as value_group,
    case when situation.itn_form in ('well formed', 'distant', 'impossible') then hash(itn) end as itn_hash,
    case
        when situation.itn_form in ('well formed', 'distant', 'impossible')
            then hash(usppi_id, consignee_name, destination, port_of_export, export_on)
    end as filing_hash
from folded_facts

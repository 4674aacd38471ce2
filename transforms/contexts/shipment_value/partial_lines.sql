-- Which lines may belong to a group, though a part of its key is missing or cannot be read? One row per line, with the
-- parts known; a value of zero or less is none (15 CFR 30.6(a)(17): what is free of charge has a value, too). Where
-- some lines name their USPPI by number, one that names it by name alone may be of the same.
with told_usppis as (
    select distinct usppi_id from value_lines
),

-- few USPPIs are told in many lines
unnumbered as (
    select usppi_id from told_usppis where usppi_id is not null and usppi_number_of(usppi_id) is null
),

known_parts as (
    select
        l.line_id, l.realm, l.source, l.shipment_id, l.export_on,
        case when l.value_usd > 0 then l.value_usd end as value_usd,
        case when l.value_usd is null then l.value_recorded end as value_recorded,
        case when is_schedule_b(l.schedule_b) then l.schedule_b end as schedule_b,
        usppi_number_of(l.usppi_id) as usppi_id, readable_name(l.usppi_name) as usppi_name,
        readable_name(l.consignee_name) as consignee, nullif(l.destination, '') as destination,
        readable_name(l.conveyance) as conveyance, case when l.origin_df in ('D', 'F') then l.origin_df end as origin,
        nullif(l.activity, '') as activity
    from value_lines as l
    where (
            l.value_group is null
            or (
                (l.usppi_id is null or l.usppi_id in (from unnumbered)) and l.realm in (from numbered_realms)
            )
        )
        and coalesce(l.activity, '') in ('', 'export') and l.form is distinct from 'intangible'
)

select
    *,
    hash(
        realm, export_on, schedule_b, usppi_id, usppi_name, consignee, destination, conveyance, origin, activity
    ) as bundle_key
from known_parts

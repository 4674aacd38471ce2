-- Which lines may belong to a group, though a part of its key is missing? One row per line, with the parts known. Where
-- some lines name their USPPI by number, one that names it by name alone may be of the same.
with known_parts as (
    select
        l.line_id, l.realm, l.source, l.shipment_id, l.export_on, l.value_usd, l.value_recorded,
        nullif(l.schedule_b, '') as schedule_b, nullif(fold_id(l.usppi_id), '') as usppi_id,
        nullif(fold_name(l.usppi_name), '') as usppi_name, nullif(fold_name(l.consignee_name), '') as consignee,
        nullif(l.destination, '') as destination, nullif(fold_name(l.conveyance), '') as conveyance,
        nullif(l.origin_df, '') as origin, nullif(l.activity, '') as activity
    from value_lines as l
    where (
            l.value_group is null
            or (coalesce(l.usppi_id, '') = '' and l.realm in (from numbered_realms))
        )
        and coalesce(l.activity, '') in ('', 'export') and l.form is distinct from 'intangible'
)

select
    *,
    hash(
        realm, export_on, schedule_b, usppi_id, usppi_name, consignee, destination, conveyance, origin, activity
    ) as bundle_key
from known_parts

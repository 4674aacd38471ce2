-- Which shipments are under a hold? One row per hold in force and shipment. Names are the same whatever their case, spaces
-- and punctuation.
with in_force as (
    select * from holds as h
    where h.action = 'add'
        and not exists (select 1 from holds as l where l.hold_id = h.hold_id and l.action = 'lift')
),

named as (
    select distinct source, shipment_id, unnest([
        consignee_name, intermediate_consignee_name, end_user_name, usppi_name
    ]) as name
    from lines
),

folded as (
    select source, shipment_id, regexp_replace(upper(name), '[^\p{L}\p{N}]', '', 'g') as name
    from named
    where name <> ''
)

select distinct h.hold_id, s.source, s.shipment_id
from shipments as s
join in_force as h
    on h.scope = 'all'
    or (h.scope = 'source' and h.value = s.source)
    or (h.scope = 'shipment' and h.value = s.shipment_id)
    or (h.scope = 'consignee' and exists (
        select 1 from folded as f
        where f.source = s.source and f.shipment_id = s.shipment_id
            and f.name = regexp_replace(upper(h.value), '[^\p{L}\p{N}]', '', 'g')))

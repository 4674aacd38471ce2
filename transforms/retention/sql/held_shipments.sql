-- Which shipments are under a hold? One row per hold in force and shipment. Names are the same whatever their case,
-- spaces and punctuation.
with holds_in_force as (
    select * from holds as h
    where h.action = 'add'
        and not exists (select 1 from holds as l where l.hold_id = h.hold_id and l.action = 'lift')
),

party_names as (
    select distinct source, shipment_id, unnest([
        consignee_name, intermediate_consignee_name, end_user_name, usppi_name
    ]) as name
    from lines
),

folded_names as (
    select source, shipment_id, fold_name(name) as name
    from party_names
    where name <> ''
)

select distinct h.hold_id, s.source, s.shipment_id
from shipments as s
join holds_in_force as h
    on h.scope = 'all'
    or (h.scope = 'source' and h.value = s.source)
    or (h.scope = 'shipment' and h.value = s.shipment_id)
    or (h.scope = 'consignee' and exists (
        select 1 from folded_names as f
        where f.source = s.source and f.shipment_id = s.shipment_id
            and f.name = fold_name(h.value)))

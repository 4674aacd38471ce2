-- Which orders and shipments are asked about, of lines that claim License Exception LVS? One row per order, and one per
-- shipment.
select distinct order_key
from (
    select unnest([
        case when order_number is not null then hash(realm, source, 'order', order_number) end,
        hash(realm, source, 'shipment', shipment_id)
    ]) as order_key
    from read_parquet($files::varchar[], hive_partitioning = false)
)
where order_key is not null

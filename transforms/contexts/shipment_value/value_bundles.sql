-- What do the groups that cannot be told apart come to, each with all that it may belong with? One row per bundle of
-- lines alike in what is known of them, and per whole group that such lines may belong to.
with all_bundles as (
    select
        realm, bundle_key, export_on, schedule_b, usppi_id, usppi_name, consignee, destination, conveyance, origin,
        activity, coalesce(sum(value_usd) filter (value_usd > 0), 0) as known_usd,
        count(*) - count(value_usd) as without_value,
        count(value_recorded) filter (value_usd is null) as without_rate
    from partial_lines
    group by all
    union all by name
    select *, 'export' as activity from neighbor_groups
),

bundles as (
    select *, consignee is not null and destination is not null as is_placed from all_bundles
),

-- most bundles say to whom and where they go, and are held against those alone that say the same
pairs as (
    select b, o
    from (from bundles where is_placed) as b
    join (from bundles where is_placed) as o
        on o.realm = b.realm and o.export_on = b.export_on and o.consignee = b.consignee
        and o.destination = b.destination
    union all
    select b, o
    from (from bundles where not is_placed) as b
    join bundles as o on o.realm = b.realm and o.export_on = b.export_on
    union all
    select b, o
    from (from bundles where is_placed) as b
    join (from bundles where not is_placed) as o on o.realm = b.realm and o.export_on = b.export_on
),

-- two agree as far as both are known
agreeing_pairs as (
    select b, o
    from pairs
    where coalesce(o.schedule_b = b.schedule_b, true) and coalesce(o.consignee = b.consignee, true)
        and coalesce(o.destination = b.destination, true) and coalesce(o.conveyance = b.conveyance, true)
        and coalesce(o.origin = b.origin, true)
        and case
            when o.usppi_id is not null and b.usppi_id is not null then o.usppi_id = b.usppi_id
            else coalesce(o.usppi_name = b.usppi_name, true)
        end
)

select
    b.bundle_key as bundle_key, sum(o.known_usd) as known_usd, sum(o.without_value) as without_value,
    concat_ws(' ',
        case when bool_or(o.schedule_b is null or b.schedule_b is null) then 'schedule_b' end,
        case when bool_or((o.usppi_id is null) <> (b.usppi_id is null) or coalesce(o.usppi_id, o.usppi_name) is null)
            then 'usppi_id' end,
        case when bool_or(o.consignee is null or b.consignee is null) then 'consignee_name' end,
        case when bool_or(o.destination is null or b.destination is null) then 'destination' end,
        case when bool_or(o.conveyance is null or b.conveyance is null) then 'conveyance' end,
        case when bool_or(o.origin is null or b.origin is null) then 'origin_df' end,
        case when bool_or(o.activity is null or b.activity is null) then 'activity' end,
        case when sum(o.without_value) > sum(o.without_rate) then 'value_usd' end,
        case when sum(o.without_rate) > 0 then 'currency' end
    ) as parts
from agreeing_pairs
group by b.bundle_key

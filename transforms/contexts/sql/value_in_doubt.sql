-- What of the groups that cannot be told apart? One row per asked line, if it is not under. What a part is missing of is
-- summed within its shipment; where all that it may belong to would be over, that is not known.
with bundles as (
    select
        realm, export_on, schedule_b, usppi, consignee, destination, conveyance, origin, activity,
        null::ubigint as value_key, coalesce(sum(value_usd), 0) as known_usd,
        count(*) - count(value_usd) as without_value
    from partial_lines
    where schedule_b is not null
    group by all
    union all by name
    select *, 'export' as activity from neighbors
),

-- a bundle and all that agrees with it as far as both are known
wider as (
    select
        b.realm, b.export_on, b.schedule_b, b.usppi, b.consignee, b.destination, b.conveyance, b.origin, b.activity,
        b.value_key, sum(o.known_usd) as known_usd, sum(o.without_value) as without_value,
        bool_or(o.activity is null) or bool_or(b.activity is null) as has_activity_missing,
        bool_or(o.usppi is null) as has_usppi_missing, bool_or(o.consignee is null) as has_consignee_missing,
        bool_or(o.destination is null) as has_destination_missing,
        bool_or(o.conveyance is null) as has_conveyance_missing, bool_or(o.origin is null) as has_origin_missing
    from bundles as b
    join bundles as o
        on o.realm = b.realm and o.export_on = b.export_on and o.schedule_b = b.schedule_b
        and (o.value_key is null or b.value_key is null or o.value_key = b.value_key)
        and coalesce(o.usppi = b.usppi, true) and coalesce(o.consignee = b.consignee, true)
        and coalesce(o.destination = b.destination, true) and coalesce(o.conveyance = b.conveyance, true)
        and coalesce(o.origin = b.origin, true)
    group by all
),

named as (
    select
        *,
        concat_ws(' ',
            case when has_usppi_missing then 'usppi_id' end, case when has_consignee_missing then 'consignee_name' end,
            case when has_destination_missing then 'destination' end,
            case when has_conveyance_missing then 'conveyance' end, case when has_origin_missing then 'origin_df' end,
            case when has_activity_missing then 'activity' end, case when without_value > 0 then 'value_usd' end
        ) as parts
    from wider
),

within_shipments as (
    select realm, source, shipment_id, schedule_b, origin, coalesce(sum(value_usd), 0) as known_usd
    from partial_lines
    group by all
),

-- without a Schedule B number, all that goes to the consignee by that conveyance on that day
all_codes as (
    select
        realm_of(l.source) as realm, l.export_on,
        case when coalesce(l.usppi_id, '') = '' then fold_name(l.usppi_name) else l.usppi_id end as usppi,
        fold_name(l.consignee_name) as consignee, l.destination, fold_name(l.conveyance) as conveyance,
        coalesce(sum(l.value_usd), 0) as known_usd, count(*) - count(l.value_usd) as without_value
    from lines as l
    where l.known_from <= $known_at and (l.known_until is null or l.known_until > $known_at)
        and l.export_on in (select export_on from partial_lines where schedule_b is null)
        and coalesce(l.activity, '') in ('', 'export') and l.form is distinct from 'intangible'
    group by all
),

partial as (
    select
        p.line_row,
        case
            when s.known_usd > t.threshold_usd and p.schedule_b is not null and p.activity is not null then 'over'
            when p.value_usd > t.threshold_usd and p.activity is not null then 'over'
            when p.schedule_b is null and (c.known_usd is null or c.known_usd > t.threshold_usd or c.without_value > 0)
                then 'unknown'
            when w.known_usd > t.threshold_usd or w.without_value > 0 then 'unknown'
            else 'under'
        end as low_value,
        concat_ws(' ', case when p.schedule_b is null then 'schedule_b' end, w.parts) as parts
    from partial_lines as p
    join asked_lines as a using (line_row)
    join thresholds as t on p.export_on between t.from_on and t.until_on
    left join within_shipments as s
        on s.source = p.source and s.shipment_id = p.shipment_id and s.schedule_b = p.schedule_b
        and s.origin is not distinct from p.origin
    left join named as w
        on w.value_key is null and w.realm = p.realm and w.export_on = p.export_on and w.schedule_b = p.schedule_b
        and w.usppi is not distinct from p.usppi and w.consignee is not distinct from p.consignee
        and w.destination is not distinct from p.destination and w.conveyance is not distinct from p.conveyance
        and w.origin is not distinct from p.origin and w.activity is not distinct from p.activity
    left join all_codes as c
        on c.realm = p.realm and c.export_on = p.export_on and c.usppi = p.usppi
        and c.consignee = p.consignee and c.destination = p.destination and c.conveyance = p.conveyance
),

-- a whole group that is under by itself, and that lines with a part missing may bring over
codeless as (
    select
        realm, export_on, usppi, consignee, destination, conveyance, coalesce(sum(value_usd), 0) as known_usd,
        count(*) - count(value_usd) as without_value
    from partial_lines
    where schedule_b is null
    group by all
),

whole as (
    select a.line_row, w.parts
    from asked_lines as a
    join named as w on w.value_key = a.value_key
    join thresholds as t on a.export_on between t.from_on and t.until_on
    where w.known_usd > t.threshold_usd or w.without_value > 0
    union all
    select a.line_row, 'schedule_b'
    from asked_lines as a
    join lines as l on l.rowid = a.line_row
    join value_sums as s on s.value_key = a.value_key
    join codeless as c
        on c.export_on = a.export_on and c.realm = realm_of(l.source) and c.destination = l.destination
        and c.consignee = fold_name(l.consignee_name) and c.conveyance = fold_name(l.conveyance)
        and c.usppi = case when coalesce(l.usppi_id, '') = '' then fold_name(l.usppi_name) else l.usppi_id end
    join thresholds as t on a.export_on between t.from_on and t.until_on
    where s.known_usd + c.known_usd > t.threshold_usd or c.without_value > 0
)

select line_row, low_value, case when low_value = 'over' then '' else parts end as low_value_missing
from partial
where low_value <> 'under'
union all
select line_row, 'unknown', string_agg(distinct parts, ' ' order by parts)
from whole
anti join value_groups using (line_row)
group by line_row

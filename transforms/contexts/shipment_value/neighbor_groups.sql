-- Which whole groups may a line with a part missing belong to? One row per group on the day of such a line, under its
-- Schedule B number, to its destination and consignee, or any where it has none.
with near_lines as materialized (
    select l.*
    from value_lines as l
    where l.value_group is not null
        and (
            hash(l.export_on, l.schedule_b) in (select hash(export_on, schedule_b) from partial_lines)
            or l.export_on in (select export_on from partial_lines where schedule_b is null)
        )
        and (
            hash(l.export_on, l.destination) in (select hash(export_on, destination) from partial_lines)
            or l.export_on in (select export_on from partial_lines where destination is null)
        )
        and l.line_id not in (select line_id from partial_lines)
),

-- few consignees have many lines
consignees as (
    select name, readable_name(name) as consignee
    from (select distinct consignee_name as name from near_lines)
)

select
    l.realm, l.value_key as bundle_key, l.export_on, l.schedule_b,
    any_value(usppi_number_of(l.usppi_id)) as usppi_id,
    -- one number under several names tells nobody apart
    case when min(readable_name(l.usppi_name)) = max(readable_name(l.usppi_name))
        then min(readable_name(l.usppi_name)) end as usppi_name,
    any_value(c.consignee) as consignee, any_value(l.destination) as destination,
    any_value(readable_name(l.conveyance)) as conveyance, any_value(l.origin_df) as origin,
    coalesce(sum(l.value_usd) filter (l.value_usd > 0), 0) as known_usd,
    count(*) - count(*) filter (l.value_usd > 0) as without_value,
    count(l.value_recorded) filter (l.value_usd is null) as without_rate
from near_lines as l
join consignees as c on c.name is not distinct from l.consignee_name
where hash(l.export_on, c.consignee) in (select hash(export_on, consignee) from partial_lines)
    or l.export_on in (select export_on from partial_lines where consignee is null)
group by all

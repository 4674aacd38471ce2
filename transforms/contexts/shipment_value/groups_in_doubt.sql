-- What of the groups that cannot be told apart? One row per asked line, if it is not under. What a part is missing of
-- is summed within its shipment; where all that it may belong with would be over, that is not known.
with shipment_sums as (
    select
        source, shipment_id, export_on, schedule_b, coalesce(usppi_id, usppi_name) as usppi, consignee, destination,
        conveyance, origin, coalesce(sum(value_usd) filter (value_usd > 0), 0) as known_usd
    from partial_lines
    where schedule_b is not null and activity is not null
    group by all
),

partial_groups as (
    select
        p.line_id, w.parts,
        case
            when p.activity is not null and (
                p.value_usd > t.threshold_usd or s.known_usd > t.threshold_usd or v.known_usd > t.threshold_usd
            ) then 'over'
            when w.known_usd > t.threshold_usd or w.without_value > 0 then 'unknown'
            else 'under'
        end as low_value
    from partial_lines as p
    join valued_lines as a using (line_id)
    join value_thresholds as t on p.export_on between t.from_on and t.until_on
    join value_bundles as w using (bundle_key)
    left join value_sums as v on v.value_key = a.value_key
    left join shipment_sums as s
        on s.source = p.source and s.shipment_id = p.shipment_id and s.export_on = p.export_on
        and s.schedule_b = p.schedule_b and p.activity is not null
        and s.usppi is not distinct from coalesce(p.usppi_id, p.usppi_name)
        and s.consignee is not distinct from p.consignee and s.destination is not distinct from p.destination
        and s.conveyance is not distinct from p.conveyance and s.origin is not distinct from p.origin
),

-- a whole group that is under by itself, and that lines with a part missing may bring over
summed_groups as (
    select a.line_id, w.parts
    from valued_lines as a
    join value_bundles as w on w.bundle_key = a.value_key
    join value_thresholds as t on a.export_on between t.from_on and t.until_on
    where (w.known_usd > t.threshold_usd or w.without_value > 0)
        and a.line_id not in (select line_id from partial_lines)
)

select line_id, low_value, case when low_value = 'over' then '' else parts end as low_value_missing
from partial_groups
anti join whole_groups using (line_id)
where low_value <> 'under'
union all
select line_id, 'unknown', parts
from summed_groups
anti join whole_groups using (line_id)

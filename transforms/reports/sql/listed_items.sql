-- What else was shipped of these part numbers? One row per part number.
with listed_parts as (
    select unnest($part_numbers::varchar[]) as part_number
),

open_findings as (
    select f.part_number, count(*) as finding_count
    from findings as f
    join listed_parts as p on p.part_number = f.part_number
    where f.state <> 'closed'
    group by f.part_number
)

select
    l.part_number, any_value(l.description order by l.export_on desc, l.line_id) as description,
    coalesce(list_sort(list(distinct l.eccn) filter (l.eccn <> '')), []) as eccns, count(*) as line_count,
    sum(l.value_usd) as value_usd, min(l.export_on) as first_export_on, max(l.export_on) as last_export_on,
    coalesce(list_sort(list(distinct l.destination) filter (l.destination <> '')), []) as destinations,
    coalesce(any_value(o.finding_count), 0) as open_findings
from current_lines as l
join listed_parts as p on p.part_number = l.part_number
left join open_findings as o on o.part_number = l.part_number
group by l.part_number
order by l.part_number

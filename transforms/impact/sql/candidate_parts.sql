-- Which parts of the period may be of a new entry, with what evidence? One row per part, description and entry,
-- whatever is asked about.
select
    c.part_key, coalesce(l.part_number, '') as part_number, coalesce(l.description, '') as description,
    string_agg(distinct coalesce(nullif(l.eccn, ''), 'none'), ', ' order by coalesce(nullif(l.eccn, ''), 'none'))
        as eccns,
    string_agg(distinct nullif(l.schedule_b, ''), ', ' order by nullif(l.schedule_b, '')) as schedule_b,
    count(*) as lines, coalesce(sum(l.value_usd), 0)::double as value_usd, max(l.export_on) as last_shipped_on,
    min(c.rank) as rank, arg_min(c.evidence, (c.rank, c.evidence)) as evidence,
    c.to_eccn as suggested_eccn, min(c.split_on) as valid_from
from candidate_lines as c
join fetched_lines as l on l.line_id = c.line_id
group by c.part_key, coalesce(l.part_number, ''), coalesce(l.description, ''), c.to_eccn

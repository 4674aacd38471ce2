-- Which parts may be of the new entry, with what evidence? One row per part and description of the lines of the period,
-- by proof and then by lines; `lines_turned` are those that turn.
with turned as (
    select distinct line_row from impact_rows where is_candidate and certainty is not null
)

select
    coalesce(l.part_number, '') as part_number, coalesce(l.description, '') as description,
    string_agg(distinct coalesce(nullif(l.eccn, ''), 'none'), ', ' order by coalesce(nullif(l.eccn, ''), 'none')) as eccns,
    string_agg(distinct nullif(l.schedule_b, ''), ', ' order by nullif(l.schedule_b, '')) as schedule_b,
    count(*) as lines, coalesce(sum(l.value_usd), 0)::double as value_usd, max(l.export_on) as last_shipped_on,
    count(t.line_row) as lines_turned, min(c.rank) as rank, arg_min(c.evidence, (c.rank, c.evidence)) as evidence,
    c.to_eccn as suggested_eccn, min(c.split_on) as valid_from
from candidate_lines as c
join lines as l on l.rowid = c.line_row
left join turned as t on t.line_row = c.line_row
where list_contains($entries, c.to_eccn)
group by coalesce(l.part_number, ''), coalesce(l.description, ''), c.to_eccn
order by rank, lines desc, part_number, description

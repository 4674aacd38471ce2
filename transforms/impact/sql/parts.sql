-- Which parts may be of the new entry, with what evidence, and how many of their lines turn? One row per part and
-- description of the lines of the period, by proof and then by lines.
with turned_parts as (
    select c.part_key, count(*) as lines_turned
    from candidate_lines as c
    semi join (from impact_rows where is_candidate and certainty is not null) using (line_id, reform_key)
    group by c.part_key
)

select
    p.part_number, p.description, p.eccns, p.schedule_b, p.lines, p.value_usd, p.last_shipped_on,
    coalesce(t.lines_turned, 0) as lines_turned, p.rank, p.evidence, p.suggested_eccn, p.valid_from
from candidate_parts as p
left join turned_parts as t using (part_key)
where list_contains($entries, p.suggested_eccn)
order by p.rank, p.lines desc, p.part_number, p.description

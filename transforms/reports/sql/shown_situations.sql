-- Which situations does the workbook list? One row for each: those of which a rule is flagged come first, then those
-- that are undetermined, then the others; among them those of many lines.
select s.situation_id
from read_parquet($folder || 'situations.parquet') as s
left join (
    select situation_id, bool_or(outcome = 'flagged') as is_flagged, bool_or(outcome = 'undetermined') as is_open
    from read_parquet($folder || 'determinations.parquet')
    where not is_rolled_up
    group by situation_id
) as d using (situation_id)
order by coalesce(d.is_flagged, false) desc, coalesce(d.is_open, false) desc, s.line_count desc, s.situation_id
limit $most

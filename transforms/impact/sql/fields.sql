-- What could not be determined, and which field would settle it? One row per field, the empty text for a doubt in the law
-- or terms that no record shows.
with missing as (
    select
        r.line_row, r.rule_id, r.value_usd,
        list_distinct(list_concat(
            case when r.is_candidate then ['eccn'] else [] end,
            coalesce(c.after.missing, []),
            case when c.after.has_savings and l.tendered_on is null and l.export_on <= c.after.look_until
                then ['tendered_on'] else [] end
        )) as fields
    from impact_rows as r
    join changes as c using (change_key)
    join reached_lines as l on l.line_row = r.line_row
    where r.certainty = 'possible'
)

select
    field, list(distinct rule_id order by rule_id) as rules, count(distinct line_row) as lines,
    coalesce(sum(value_usd) filter (is_first), 0)::double as value_usd
from (
    select *, row_number() over (partition by field, line_row order by rule_id) = 1 as is_first
    from (select line_row, rule_id, value_usd, unnest(case when len(fields) = 0 then [''] else fields end) as field from missing)
)
group by field
order by lines desc, field

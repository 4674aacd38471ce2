-- What could not be determined, and which field would settle it? One row per field, the empty text for a doubt in the
-- law or terms that no record shows.
-- The fields are told per change, of which there are few; whether the day of hand-over is missing is a matter of the
-- line.
with change_fields as (
    select
        change_key, rule_id,
        list_distinct(list_concat(case when is_candidate then ['eccn'] else [] end, coalesce(after.missing, [])))
            as fields,
        coalesce(after.has_savings, false) as has_savings, after.look_until as look_until
    from changes
    where variant = 'after'
),

possible_lines as (
    select
        r.line_id, r.value_usd, r.change_key,
        coalesce(a.has_savings and l.tendered_on is null and l.export_on <= a.look_until, false) as wants_hand_over
    from impact_rows as r
    join change_fields as a using (change_key)
    join reached_lines as l on l.line_id = r.line_id
    where r.certainty = 'possible'
),

named_fields as (
    select
        change_key, rule_id, wants_hand_over,
        unnest(case
            when wants_hand_over then list_distinct(list_append(fields, 'tendered_on'))
            when len(fields) = 0 then ['']
            else fields
        end) as field
    from change_fields
    join (select distinct change_key, wants_hand_over from possible_lines) using (change_key)
),

field_lines as (
    select n.field, n.rule_id, p.line_id, p.value_usd
    from possible_lines as p
    join named_fields as n using (change_key, wants_hand_over)
)

select
    field, list(distinct rule_id order by rule_id) as rules, count(distinct line_id) as lines,
    coalesce(sum(value_usd) filter (is_first), 0)::double as value_usd
from (select *, row_number() over (partition by field, line_id order by rule_id) = 1 as is_first from field_lines)
group by field
order by lines desc, field

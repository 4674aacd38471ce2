-- What has the company shipped, as the law sees it, and what does the law say of it in each era? One row per situation
-- with lines; `law` lists what the rulebook says and from when until when, and is empty where no rule reaches it.
-- `written_determinations` holds the rows of `determinations.sql`.
with counted_lines as (
    select
        situation_key, sum(line_count)::bigint as line_count, sum(value_usd) as value_usd,
        min(first_export_on) as first_export_on, max(last_export_on) as last_export_on
    from tallies
    group by situation_key
),

-- in order of rule, day and outcome: structs are compared field by field
sorted_law as (
    select
        situation_id,
        list_sort(list(struct_pack(
            rule_id := rule_id, from_on := from_on, until_on := until_on, outcome := outcome, because := because
        ))) as law
    from written_determinations
    where not is_rolled_up
    group by situation_id
),

told_law as (
    select
        situation_id,
        list_transform(law, lambda one: struct_pack(
            rule_id := one.rule_id, outcome := one.outcome, from_on := one.from_on, until_on := one.until_on,
            because := one.because
        )) as law
    from sorted_law
)

select
    s.situation_id, s.eccn, s.eccn_recorded, s.* exclude (situation_key, situation_id, eccn, eccn_recorded),
    c.line_count, c.value_usd, c.first_export_on, c.last_export_on, coalesce(t.law, []) as law
from counted_lines as c
join subjects as s using (situation_key)
left join told_law as t using (situation_id)
order by s.situation_id

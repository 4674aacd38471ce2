-- Which rules does a field that the record lacks leave undetermined? That is one determination, `not-judged`, which
-- lists them. One row per situation and stretch of days with the same rules left open.
with silent_verdicts as (
    select
        s.situation_key, v.from_on, v.until_on, r.rule_id, r.from_on as rule_from, r.authority, v.missing, v.opening,
        v.has_savings, v.en_route_on, v.exported_before, v.look_until
    from verdicts as v
    join rule_versions as r using (law_key)
    join keyed_subjects as s using (control_key)
    where v.is_rolled_up
    union all by name
    select
        s.situation_key, v.from_on, v.until_on, 'eei-filing' as rule_id, v.rule_from, v.authority, v.missing, v.opening,
        false as has_savings, null::date as en_route_on, null::date as exported_before, null::date as look_until
    from filing_verdicts as v
    join filing_subjects as s using (filing_key)
    where v.is_rolled_up
    union all by name
    select
        v.situation_key, v.from_on, v.until_on, c.rule_id, c.from_on as rule_from, c.authority, v.missing, v.opening,
        false as has_savings, null::date as en_route_on, null::date as exported_before, null::date as look_until
    from check_verdicts as v
    join checks as c using (version_key)
    where v.is_rolled_up
),

cuts as (
    select situation_key, from_on as cut_on from silent_verdicts
    union
    select situation_key, until_on + 1 from silent_verdicts where until_on < date '9999-12-31'
    union
    select situation_key, coalesce(exported_before, look_until) + 1 from silent_verdicts where has_savings
),

stretches as (
    select
        situation_key, cut_on as from_on,
        coalesce(lead(cut_on) over (partition by situation_key order by cut_on) - 1, date '9999-12-31') as until_on
    from cuts
),

gathered_stretches as (
    select
        t.situation_key, t.from_on, t.until_on,
        min(s.rule_from) as rule_from,
        list(distinct s.rule_id order by s.rule_id) as rules,
        list(distinct s.rule_id order by s.rule_id)
            filter (s.has_savings and coalesce(s.exported_before, s.look_until) >= t.from_on) as may_be_saved,
        list_sort(list_distinct(flatten(list(s.authority)))) as authority,
        list_sort(list_distinct(flatten(list(s.missing)))) as missing,
        min(s.opening) as opening,
        bool_and(s.has_savings) as has_savings,
        min(s.en_route_on) as en_route_on,
        case when bool_and(s.exported_before is not null) then min(s.exported_before) end as exported_before,
        max(coalesce(s.look_until, s.exported_before)) as look_until
    from stretches as t
    join silent_verdicts as s
        on s.situation_key = t.situation_key and s.from_on <= t.from_on and s.until_on >= t.until_on
    group by t.situation_key, t.from_on, t.until_on
)

select
    row_number() over () + 2000000000 as verdict_key, situation_key, rule_from, from_on, until_on, opening,
    ' could not be judged under ' || array_to_string(rules, ', ') || ': the record does not say enough.'
        || case when len(may_be_saved) > 0
            then ' A savings clause may clear it under ' || array_to_string(may_be_saved, ', ') || '.' else '' end
        as statement,
    authority, missing, has_savings, en_route_on, exported_before, look_until
from gathered_stretches

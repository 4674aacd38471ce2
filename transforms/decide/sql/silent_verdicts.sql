-- Which rules does a field that the record lacks leave undetermined? That is one determination, `not-judged`, which
-- lists them. One row per situation and stretch of days with the same rules left open.
with unreadable_eccns as (
    select subject_key as situation_key from family_verdicts where family = 'record' and answer = 'eccn-unreadable'
),

rolled_up as (
    select
        k.situation_key, v.from_on, v.until_on, r.rule_id, coalesce(v.rule_from, r.rule_from) as rule_from,
        coalesce(nullif(v.authority, []), r.authority) as authority, v.missing, v.opening,
        -- what else a savings clause leaves in question, filing says itself
        v.has_savings and v.family = 'control' as has_savings, v.en_route_on, v.exported_before, v.look_until
    from family_verdicts as v
    join family_rules as r using (family, rule_key)
    join family_keys as k using (family, subject_key)
    where v.is_rolled_up
        -- a finding of its own says that the ECCN cannot be read, and what rests on it cannot be decided
        and not (v.missing = ['eccn'] and k.situation_key in (select situation_key from unreadable_eccns))
),

cuts as (
    select situation_key, from_on as cut_on from rolled_up
    union
    select situation_key, until_on + 1 from rolled_up where until_on < date '9999-12-31'
    union
    select situation_key, coalesce(exported_before, look_until) + 1 from rolled_up where has_savings
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
    join rolled_up as s
        on s.situation_key = t.situation_key and s.from_on <= t.from_on and s.until_on >= t.until_on
    group by t.situation_key, t.from_on, t.until_on
)

select
    'silent' as family, situation_key as subject_key, 0 as rule_key, rule_from, from_on, until_on,
    'undetermined' as outcome, 'record-silent' as answer, rules, opening,
    ' could not be decided under ' || array_to_string(rules, ', ')
        || ': the record lacks data that these rules require.'
        || case when len(may_be_saved) > 0 then ' A savings clause may clear the line under '
            || array_to_string(may_be_saved, ', ') || '.' else '' end as statement,
    authority, missing, false as is_rolled_up,
    'Complete the record (' || array_to_string(missing, ', ') || ') and load the line again' as remedy,
    has_savings, 'clear' as outcome_if_saved, en_route_on, exported_before, look_until,
    null::varchar as listed_pair
from gathered_stretches

-- Which verdicts does a line have to be joined with? One row per situation and verdict that is not clear and that is
-- not gathered in `not-judged`. Keys are those of `worded_verdicts`.
with unclear_verdicts as (
    select
        verdict_key, control_key, null::ubigint as filing_key, null::ubigint as situation_key, from_on, until_on,
        outcome, has_savings, 'clear' as outcome_if_saved, en_route_on, exported_before, look_until
    from verdicts
    where outcome <> 'clear' and not is_rolled_up
    union all by name
    select
        500000000 + verdict_key as verdict_key, filing_key, from_on, until_on, outcome, has_savings, outcome_if_saved,
        en_route_on, exported_before, look_until
    from filing_verdicts
    where outcome <> 'clear' and not is_rolled_up
    union all by name
    select
        1000000000 + verdict_key as verdict_key, situation_key, from_on, until_on, outcome, false as has_savings,
        'clear' as outcome_if_saved
    from check_verdicts
    where outcome <> 'clear' and not is_rolled_up
    union all by name
    select
        verdict_key, situation_key, from_on, until_on, 'undetermined' as outcome, has_savings,
        'clear' as outcome_if_saved, en_route_on, exported_before, look_until
    from not_judged
)

select o.* replace (k.situation_key as situation_key)
from unclear_verdicts as o
join subject_keys as k on k.control_key = o.control_key
union all
select o.* replace (k.situation_key as situation_key)
from unclear_verdicts as o
join subject_keys as k on k.filing_key = o.filing_key
union all
from unclear_verdicts
where situation_key is not null

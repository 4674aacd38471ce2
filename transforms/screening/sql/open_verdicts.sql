-- Which verdicts does a line have to be joined with? One row per situation and verdict that is not clear and that is not
-- gathered in `not-judged`.
with open_told as (
    select distinct
        verdict_key, control_key, filing_key, situation_key, from_on, until_on, outcome, has_savings, outcome_if_saved,
        en_route_on, exported_before, look_until
    from told
    where outcome <> 'clear' and not is_rolled_up
)

select o.* replace (k.situation_key as situation_key)
from open_told as o
join subject_keys as k on k.control_key = o.control_key
union all
select o.* replace (k.situation_key as situation_key)
from open_told as o
join subject_keys as k on k.filing_key = o.filing_key
union all
from open_told
where situation_key is not null

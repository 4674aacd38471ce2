-- Which verdicts does a line have to be joined with? One row per situation and verdict that is not clear and that is
-- not gathered in `not-judged`.
select
    k.situation_key, v.verdict_key, v.from_on, v.until_on, v.outcome, v.has_savings, v.outcome_if_saved, v.en_route_on,
    v.exported_before, v.look_until
from verdicts as v
join subject_keys as k using (family, subject_key)
where v.outcome <> 'clear' and not v.is_rolled_up

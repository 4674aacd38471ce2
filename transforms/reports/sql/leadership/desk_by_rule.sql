-- How much work came to the desk in the period and left it, by rule? One row per rule that ever made a finding.
select
    rule_id, any_value(rule_kind) as rule_kind,
    (count(*) filter (is_opened and not is_in_period) - count(*) filter (is_closed and not is_in_period))
        as open_before,
    count(*) filter (is_opened and is_in_period and event = 'new') as new_count,
    count(*) filter (is_opened and is_in_period and event <> 'new') as reopened_count,
    count(*) filter (is_closed and is_in_period) as closed_count,
    (count(*) filter (is_opened) - count(*) filter (is_closed)) as open_count
from desk_events
group by rule_id
order by open_count desc, rule_id

-- What was found by each rule in exports of the period, and how do these findings stand?
-- One row per rule with findings.
select
    rule_id, any_value(rule_kind) as rule_kind,
    count(*) filter (outcome = 'flagged') as flagged, count(*) filter (outcome = 'undetermined') as undetermined,
    sum(value_usd) filter (outcome = 'flagged') as flagged_value_usd,
    sum(value_usd) filter (outcome = 'undetermined') as undetermined_value_usd,
    count(*) filter (state = 'new') as new_count, count(*) filter (state = 'open') as open_count,
    count(*) filter (state = 'reopened') as reopened_count, count(*) filter (state = 'closed') as closed_count
from period_findings
group by rule_id
order by flagged desc, undetermined desc, rule_id

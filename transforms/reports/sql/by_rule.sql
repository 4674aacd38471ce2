-- How many findings has each rule, worth what? One row per rule with findings.
select
    rule_id, any_value(rule_kind) as rule_kind,
    count(*) filter (outcome = 'flagged') as flagged,
    count(*) filter (outcome = 'undetermined') as undetermined,
    sum(value_usd) filter (outcome = 'flagged') as flagged_value_usd,
    sum(value_usd) filter (outcome = 'undetermined') as undetermined_value_usd
from findings
group by rule_id
order by rule_id

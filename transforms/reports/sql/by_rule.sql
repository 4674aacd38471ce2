-- How many findings has each rule, worth what, and what do they say of it? One row per rule with findings.
select
    rule_id, any_value(rule_kind) as rule_kind,
    count(*) filter (outcome = 'flagged') as flagged,
    count(*) filter (outcome = 'undetermined') as undetermined,
    sum(value_usd) filter (outcome = 'flagged') as flagged_value_usd,
    sum(value_usd) filter (outcome = 'undetermined') as undetermined_value_usd,
    max(rule_from) as rule_from, arg_min(authority, finding_id) as authority, min(remedy) as remedy
from findings
group by rule_id
order by rule_id

-- What does the rulebook say of each situation, and from when until when? One row per situation, rule version and
-- stretch of days; what is not here is out of the rule's scope. `not-judged` gathers the rows that are rolled up.
select
    v.verdict_key, v.situation_key, r.version_key, r.rule_id, r.rule_kind, r.from_on as rule_from, v.from_on, v.until_on,
    v.outcome, v.severity, v.subject, v.statement, r.authority, r.remedy, v.missing, v.is_rolled_up,
    v.has_savings, v.en_route_on, v.exported_before, v.look_until
from verdicts as v
join rule_versions as r using (law_key)
union all by name
from not_judged

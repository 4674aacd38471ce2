-- What is said, in words, by each verdict that was reached? One row per verdict and rule version that shares it. What a
-- verdict concerns is a control situation, a filing situation or a situation.
select
    v.verdict_key, v.control_key, null::ubigint as filing_key, null::ubigint as situation_key,
    r.version_key, r.rule_id, r.rule_kind, r.from_on as rule_from, v.from_on, v.until_on,
    v.outcome, v.severity, v.opening, v.statement, r.authority, r.remedy, v.missing, v.is_rolled_up,
    v.has_savings, 'clear' as outcome_if_saved, v.en_route_on, v.exported_before, v.look_until
from verdicts as v
join rule_versions as r using (law_key)
union all by name
select
    500000000 + v.verdict_key as verdict_key, v.filing_key, f.id as rule_id, 'eei' as rule_kind, v.rule_from,
    v.from_on, v.until_on, v.outcome,
    case when v.outcome = 'undetermined' and f.severity = 'high' then 'medium' else f.severity end as severity,
    v.opening, v.statement, list_concat(v.authority, f.authority) as authority, f.remedy, v.missing,
    v.is_rolled_up, v.has_savings, v.outcome_if_saved, v.en_route_on, v.exported_before, v.look_until
from filing_verdicts as v
cross join filing as f
union all by name
select
    1000000000 + v.verdict_key as verdict_key, v.situation_key, v.version_key, c.rule_id, 'check' as rule_kind,
    c.from_on as rule_from, v.from_on, v.until_on, v.outcome, coalesce(v.severity, c.severity) as severity,
    v.opening, v.statement, c.authority, c.remedy, v.missing, v.is_rolled_up, false as has_savings
from check_verdicts as v
join checks as c using (version_key)
union all by name
select
    verdict_key, situation_key, 'not-judged' as rule_id, 'control' as rule_kind, rule_from, from_on, until_on,
    'undetermined' as outcome, 'medium' as severity, opening, statement, authority,
    'Complete the record (' || array_to_string(missing, ', ') || ') and ingest the line again' as remedy,
    missing, false as is_rolled_up, has_savings, 'clear' as outcome_if_saved, en_route_on, exported_before, look_until
from not_judged

-- What did the filing rule and the checks make of this one line? One row for each of them that is in force on its day,
-- for the one line in `asked_line`.
with line as (
    select export_on, situation_key from asked_line
),

rules_in_force as (
    select c.rule_id, 'check' as rule_kind, c.from_on as rule_from, c.authority, c.remedy, c.version_key
    from checks as c
    join rule_periods as r using (version_key)
    join line on line.export_on between r.from_on and r.until_on
    union all
    select id, 'eei', null, authority, remedy, null from filing
),

determinations_of_day as (
    select d.*
    from determinations as d
    join line on line.situation_key = d.situation_key and line.export_on between d.from_on and d.until_on
    where d.rule_kind in ('check', 'eei')
)

select
    a.rule_id, a.rule_kind, coalesce(d.rule_from, a.rule_from) as rule_from,
    coalesce(d.authority, a.authority) as authority,
    a.remedy, d.outcome as determined_outcome, d.opening || d.statement as statement, d.is_rolled_up,
    d.has_savings, d.en_route_on, f.outcome as finding_outcome, f.because,
    coalesce(f.missing, d.missing, []) as missing,
    exists (from found as n where n.rule_id = 'not-judged') as is_not_judged
from rules_in_force as a
left join determinations_of_day as d on d.rule_id = a.rule_id and d.version_key is not distinct from a.version_key
left join found as f on f.rule_id = a.rule_id
order by a.rule_id

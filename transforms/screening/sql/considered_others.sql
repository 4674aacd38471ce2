-- What did the rules of all families but the controls make of this one line? One row for each of them that is in force
-- on its day, for the one line in `asked_line`.
with line as (
    select export_on, situation_key from asked_line
),

rules_in_force as (
    select r.rule_id, r.rule_kind, r.rule_from, r.authority, r.remedy, r.version_key
    from family_rules as r
    cross join line
    where r.family not in ('control', 'silent')
        and (r.version_key is null or exists (
            from rule_periods as p
            where p.version_key = r.version_key and line.export_on between p.from_on and p.until_on
        ))
),

determinations_of_day as (
    select d.*
    from determinations as d
    join line on line.situation_key = d.situation_key and line.export_on between d.from_on and d.until_on
    where d.family not in ('control', 'silent')
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

-- What does this law say of each situation, and under which authority did that go? One row per situation, rule and
-- stretch of days; what is not here is out of scope. What `not-judged` gathers stands under its own rules.
select
    d.situation_key, d.rule_id, d.rule_kind, d.rule_from, d.from_on, d.until_on, d.outcome, d.severity, d.opening,
    d.statement, d.authority, d.remedy, d.missing, d.is_rolled_up,
    coalesce(d.has_savings, false) as has_savings, coalesce(d.outcome_if_saved, 'clear') as outcome_if_saved,
    d.en_route_on, d.exported_before, coalesce(d.exported_before, d.look_until) as look_until,
    c.kind as claim, coalesce(c.symbol, '') as symbol
from determinations as d
join keyed_subjects as s using (situation_key)
join claims as c
    on c.license_code is not distinct from s.license_code
    and c.license_number_form is not distinct from s.license_number_form
    and c.exception_paragraph is not distinct from s.exception_paragraph
where d.rule_id <> 'not-judged'

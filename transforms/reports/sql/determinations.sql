-- What does the rulebook say of each situation, and from when until when? One row per situation, rule version and
-- stretch of days; what is not here is out of the rule's scope. `not-judged` gathers the rows that are rolled up.
select
    s.situation_id, d.rule_id, d.rule_kind, d.rule_from, d.from_on, d.until_on, d.outcome, d.severity,
    d.opening || d.statement as because, d.authority, d.remedy, d.missing, d.is_rolled_up,
    d.en_route_on, d.exported_before, d.look_until
from determinations as d
join subjects as s using (situation_key)
where s.situation_key in (select situation_key from tallies)
order by s.situation_id, d.rule_id, d.from_on, d.until_on, d.outcome, because

-- Which lines belong to which question, and how surely? One row per question and line; a line that is certain by one
-- rule is certain. `rule:` and `alone:` are followed by the id of a rule.
with answered_lines as (
    select 'all' as question, line_id, certainty from impact_rows
    union all
    select 'license', line_id, certainty from impact_rows where change in ('needs a license', 'loses an exception')
    union all
    select 'exception', line_id, certainty from impact_rows where change = 'loses an exception'
    union all
    select 'eei', line_id, certainty from impact_rows where change = 'needs EEI'
    union all
    select 'record', line_id, certainty from impact_rows where change = 'record in question'
    union all
    select 'undetermined', line_id, certainty from impact_rows where certainty = 'possible'
    union all
    select 'already_authorized', line_id, 'certain' from impact_rows where change = 'already authorized'
    union all
    select 'exception_serves', line_id, 'certain' from impact_rows where change = 'exception serves'
    union all
    select 'settled', line_id, 'certain' from impact_rows where change = 'settled'
    union all
    select 'relieved', line_id, case when baseline_outcome = 'flagged' then 'certain' else 'possible' end
    from impact_rows
    where change = 'relieved'
    union all
    select 'license_before', r.line_id, r.certainty
    from impact_rows as r
    join baseline_outcomes as b
        on b.situation_key = r.situation_key and r.export_on between b.from_on and b.until_on
        and b.rule_kind = 'control' and b.rule_id <> r.rule_id
        and (b.outcome = 'flagged' or (b.outcome = 'clear' and b.claim = 'license'))
    where r.change in ('needs a license', 'loses an exception')
    union all
    select 'rule:' || rule_id, line_id, certainty from impact_rows
    union all
    select 'alone:' || rule_id, line_id, certainty from alone_rows
)

select question, line_id, min(certainty) as certainty
from answered_lines
where certainty is not null
group by question, line_id

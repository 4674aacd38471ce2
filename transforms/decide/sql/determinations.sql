-- What does the rulebook say of each situation, and from when until when? One row per situation, rule version and
-- stretch of days; what is not here is out of the rule's scope. `not-judged` gathers the rows that are rolled up.
select k.situation_key, t.* exclude (situation_key, control_key, filing_key)
from worded_verdicts as t
join subject_keys as k on k.control_key = t.control_key
union all
select k.situation_key, t.* exclude (situation_key, control_key, filing_key)
from worded_verdicts as t
join subject_keys as k on k.filing_key = t.filing_key
union all
select t.situation_key, t.* exclude (situation_key, control_key, filing_key)
from worded_verdicts as t
where t.situation_key is not null

-- What does the rulebook say of each situation, and from when until when? One row per situation, rule version and
-- stretch of days; what is not here is out of the rule's scope. `not-judged` gathers the rows that are rolled up.
select k.situation_key, w.*
from worded_verdicts as w
join subject_keys as k using (family, subject_key)

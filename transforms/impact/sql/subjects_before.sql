-- What does the baseline see of the situations that stand for two? One row per such situation.
select s.* replace (b.situation_key as situation_key)
from (select distinct situation_key, before_key from both_places) as b
join facts_before as s on s.situation_key = b.before_key

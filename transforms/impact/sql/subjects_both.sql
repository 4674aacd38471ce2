-- What does the reform see of each situation? One row per situation, with those that stand for two.
from subjects
union all
select s.* replace (b.situation_key as situation_key)
from (select distinct situation_key, after_key from both_places) as b
join subjects as s on s.situation_key = b.after_key

-- What would the baseline see of them, were they of the new entry? One row per candidate situation that stands for two.
select s.* replace (c.reform_key as situation_key, c.to_eccn as eccn)
from candidate_situations as c
join subjects_before as s using (situation_key)

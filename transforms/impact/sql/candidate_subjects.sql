-- What would the law see of them, were they of the new entry? One row per candidate situation.
select s.* replace (c.reform_key as situation_key, c.to_eccn as eccn)
from candidate_situations as c
join subjects as s using (situation_key)

-- By which keys do verdicts concern each situation? One row per situation.
select s.situation_key, s.control_key, f.filing_key
from keyed_subjects as s
left join filing_subjects as f using (situation_key)

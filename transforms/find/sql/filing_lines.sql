-- Of which lines is the value of their shipment told? One row per line with a finding of filing.
select distinct h.line_id
from hits as h
join verdicts as v using (verdict_key)
where v.family = 'filing'

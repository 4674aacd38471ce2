-- Of which lines is the value of their shipment told? One row per line with a finding of filing.
select distinct h.line_id
from hits as h
join filing_verdicts as v on v.verdict_key + 500000000 = h.verdict_key

-- Which lines turn on the value of their shipment? One row per line: those of the situations that ask, and those whose
-- filing AES does not hold.
select l.line_id, l.value_key, l.export_on
from value_lines as l
where l.line_situation_key in (select situation_key from valued_situations)
union all
select l.line_id, l.value_key, l.export_on
from value_lines as l
join aes_states as a on a.line_id = l.line_id
where l.line_situation_key not in (select situation_key from valued_situations)

-- Which lines turn on the value of their shipment? One row per line: those of the situations that ask, and those whose
-- filing AES does not hold.
select l.line_row, xor(l.value_group, realm_of(l.source)) as value_key, l.export_on
from value_lines as l
where l.situation_key in (select situation_key from asked)
union all
select l.line_row, xor(l.value_group, realm_of(l.source)), l.export_on
from value_lines as l
join aes_states as a on a.line_row = l.line_row
where l.situation_key not in (select situation_key from asked)

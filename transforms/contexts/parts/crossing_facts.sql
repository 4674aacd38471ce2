-- What do lines of other parts, and AES, add to a line? One row per line and fact, with the month of its part.
select date_trunc('month', l.export_on)::date as month, line_id, f.fact, f.value
from (from itn_use_facts union all from order_value_facts) as f
join crossing_lines_of_all as l using (line_id)
union all
select date_trunc('month', l.export_on)::date, line_id, 'aes_state', a.aes_state
from aes_states as a
join current_lines as l using (line_id)

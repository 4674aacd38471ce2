-- In which situation is each line, all told? One row per line, as known at the moment asked for.
select l.*, coalesce(c.situation_key, l.line_situation_key) as situation_key
from current_lines as l
left join context_facts as c using (line_id)

-- In which situation is each line now of which something was asked again? One row per touched line.
select l.line_id, coalesce(f.situation_key, l.line_situation_key) as situation_key, l.export_on, l.tendered_on
from touched_lines as l
left join context_facts as f using (line_id)

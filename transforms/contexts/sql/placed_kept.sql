-- In which situation is each line, as it was kept? One row per line, as known at the moment asked for.
select *, coalesce(context_key, line_situation_key) as situation_key
from current_lines

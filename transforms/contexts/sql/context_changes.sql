-- Which lines move to another situation? One row per line; NULL where other records add nothing any more.
select l.line_id, f.situation_key as context_key
from asked_lines as l
left join context_facts as f using (line_id)
where f.situation_key is distinct from l.context_key

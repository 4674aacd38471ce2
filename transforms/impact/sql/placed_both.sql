-- In which situation is each line, where two laws may put it into different ones? One row per line, as known at the
-- moment asked for.
select l.*, coalesce(b.situation_key, a.situation_key) as situation_key
from current_lines as l
join places_after as a using (line_id)
left join both_places as b using (line_id)

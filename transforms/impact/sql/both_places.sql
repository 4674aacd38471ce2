-- Which lines does another number of the law put into another situation? One row per line of the period, with a
-- situation of its own that stands for the two.
select
    b.line_id, b.situation_key as before_key, a.situation_key as after_key,
    hash(b.situation_key, 'under another law', a.situation_key) as situation_key
from places_before as b
join places_after as a using (line_id)
where b.situation_key <> a.situation_key

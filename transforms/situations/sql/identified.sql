-- What is the situation's own name? One row per situation, with its facts.
-- The id is made of a canonical text with explicit NULL marks, because it leaves the database.
select situation_key, md5(to_json(situation)::varchar) as situation_id, unnest(situation)
from facts

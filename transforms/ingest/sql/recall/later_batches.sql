-- Which extracts were learned of after the moment asked for? One row per batch; none where it is the present.
select batch_id
from batches
where known_from > $moment

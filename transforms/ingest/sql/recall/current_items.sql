-- Which item records are known at the moment asked for? One row per item record: the version that was current then.
from items
where known_from <= $moment and (known_until is null or known_until > $moment)

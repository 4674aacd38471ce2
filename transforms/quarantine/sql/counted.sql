-- What stands in quarantine at a moment? One row: how many rows, and when the oldest was first set aside.
select count(*) as rows, min(first_at) as first_at
from quarantine
where quarantined_at <= $moment and (settled_at is null or settled_at > $moment)

-- Up to which entry of the journal does this screening look? One row: its own entry, else the last screening of its day
-- and moment; NULL where none had been noted.
select coalesce(
    max(entry) filter (name = $run_id), max(entry) filter (as_of <= $as_of and done_at <= $moment)
)
from journal
where kind = 'run'

-- Which entries of the lists are the subjects about? One row per entry.
select distinct pair.entry_id
from (
    select unnest(from_json(listed_parties, '[{"entry_id": "VARCHAR"}]')) as pair
    from subjects
    where listed_parties <> ''
)

-- What is the situation's own name? One row per situation, with its facts.
-- The id is made of a canonical text with explicit NULL marks, because it leaves the database. A fact that is quiet
-- stands in it only where it adds something: situations keep the names that they had before there was such a fact.
select
    situation_key,
    md5(to_json(map_from_entries(list_filter(
        map_entries(situation::map(varchar, varchar)),
        lambda fact: fact.value is distinct from '' or not list_contains($quiet_facts::varchar[], fact.key)
    )))::varchar) as situation_id,
    unnest(situation)
from facts

-- What is the situation's own name? One row per situation, with its facts.
-- The id is made of a canonical text with explicit NULL marks, because it leaves the database. A fact that is quiet
-- stands in it only where it adds something: situations keep the names that they had before there was such a fact.
-- The text is made of the struct and cut, which takes a fifth of the time of leaving out entries of a map. Quotation
-- marks in a fact are escaped, so that none of it looks like a blank fact.
select
    situation_key,
    md5('{' || ltrim(regexp_replace(
        ',' || substr(to_json(situation)::varchar, 2),
        ',"(' || array_to_string($quiet_facts::varchar[], '|') || ')":""', '', 'g'
    ), ',')) as situation_id,
    unnest(situation)
from facts

-- Which situations may be another one? One row per situation whose lines may be of the new entry of a split.
select distinct
    c.situation_key, c.to_eccn,
    c.reform_key
from candidate_lines as c
where list_contains($entries, c.to_eccn)

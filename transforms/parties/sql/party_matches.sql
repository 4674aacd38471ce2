-- Which entries of the lists may each party of these lines be? One row per party and entry: how well they agree, and in
-- what. Pairs that a person has ruled to be different parties are left out.
select
    p.party_key, p.name, p.country, p.address,
    m.* exclude (party_key)
from held_matches as m
join named_parties as p using (party_key)

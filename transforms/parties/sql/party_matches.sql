-- Which entries of the lists may each party of these lines be? One row per party and entry: how well they agree, and in
-- what. What a person ruled on the pair goes before: another party is left out, the same party is a match; a ruling
-- that lapsed is told.
select
    p.party_key, p.name, p.country, p.address,
    m.* exclude (party_key) replace (if(r.ruling = 'same party' and r.lapsed is null, 'match', m.band) as band),
    case
        when r.lapsed is null then 'ruled the ' || r.ruling || ' by ' || r.ruled_by || ' on ' || r.ruled_on
        else 'the ruling of ' || r.ruled_by || ' on ' || r.ruled_on || ' (' || r.ruling || ') lapsed, as ' || r.lapsed
    end as ruled
from held_matches as m
join named_parties as p using (party_key)
left join party_rulings as r
    on r.entry_id = m.entry_id and r.party = p.name and r.country = p.country and r.address = p.address
where r.ruling is null or r.ruling <> 'another party' or r.lapsed is not null

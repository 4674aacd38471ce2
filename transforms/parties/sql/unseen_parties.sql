-- Which parties were never held against the lists? One row per party.
select party_key, name, country, address
from named_parties
where party_key not in (select party_key from seen_parties)

-- Which situations have a party that may be on a list? One row per situation: itself.
select distinct situation_key, 'party' as family, situation_key as subject_key
from party_hits

-- What came of each party that was held against the lists? One row per party and entry that it may be, and one without
-- an entry per party whose recorded name names nobody (TO ORDER, UNKNOWN).
from found_matches
union all by name
select party_key, '' as entry_id, 'no party named' as band
from unnamed_parties

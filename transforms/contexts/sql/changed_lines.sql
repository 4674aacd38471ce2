-- Which lines changed since contexts were last kept? One row per version that came or ended since, and per line of which
-- AES now holds something else.
select rowid as line_row, export_on, itn_hash, identity_hash
from lines
where batch_id > $since
union all
select rowid, export_on, itn_hash, identity_hash
from lines
semi join (select known_from as known_until from batches where batch_id > $since) using (known_until)
where batch_id <= $since
union all
select l.rowid, l.export_on, null, l.identity_hash
from (
    select held.rowid as line_row, k.aes_state
    from lines as held
    join known_contexts as k on k.situation_key = held.context_key
    where k.aes_state is not null and held.known_until is null
) as k
full join aes_states as a using (line_row)
join lines as l on l.rowid = coalesce(k.line_row, a.line_row)
where a.aes_state is distinct from k.aes_state

-- Which lines changed since contexts were last kept? One row per version that came or ended since, per line of which
-- AES now holds something else, and per line of a shipment of which a row went into quarantine or out of it.
select
    id_of_version(identity_hash, batch_id) as line_id, export_on, itn_hash, identity_hash, source, shipment_id,
    order_number
from lines
where batch_id > $since
union all
select id_of_version(identity_hash, batch_id), export_on, itn_hash, identity_hash, source, shipment_id, order_number
from lines
semi join (select known_from as known_until from batches where batch_id > $since) using (known_until)
where batch_id <= $since
union all
select l.line_id, l.export_on, null, l.identity_hash, l.source, l.shipment_id, l.order_number
from (
    select held.line_id, k.aes_state
    from current_lines as held
    join known_contexts as k on k.situation_key = held.context_key
    where k.aes_state is not null
) as k
full join aes_states as a using (line_id)
join current_lines as l on l.line_id = coalesce(k.line_id, a.line_id)
where a.aes_state is distinct from k.aes_state
union all
select l.line_id, l.export_on, null, l.identity_hash, l.source, l.shipment_id, l.order_number
from current_lines as l
semi join (from line_asides where batch_id > $since or settled_by > $since) using (source, shipment_id)

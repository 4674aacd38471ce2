-- Of which extracts will nothing be left in the live tables? One row per batch that brought something of what goes.
with batches_going as (
    select batch_id from lines semi join outside using (source, shipment_id)
    union
    select f.batch_id from filings as f semi join filed_outside as o on o.source = f.source and o.itn = f.itn
),

batches_staying as (
    select batch_id from lines anti join outside using (source, shipment_id)
    union
    select f.batch_id from filings as f anti join filed_outside as o on o.source = f.source and o.itn = f.itn
    union
    select batch_id from items
)

select b.batch_id, b.sha256
from batches as b
where b.batch_id in (from batches_going) and b.batch_id not in (from batches_staying)
    and not exists (
        select 1 from quarantine as q
        where q.batch_id = b.batch_id
            and q.quarantined_at::date + to_years($years::integer) >= $as_of::date
    )
    and not exists (
        select 1 from left_out as o
        where o.batch_id = b.batch_id and o.known_from::date + to_years($years::integer) >= $as_of::date
    )
order by b.batch_id

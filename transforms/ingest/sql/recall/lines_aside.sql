-- Of which shipments is a row in quarantine at the moment asked for? One row per source and shipment.
select distinct source, shipment_id
from line_asides
where quarantined_at <= $moment and (settled_at is null or settled_at > $moment) and shipment_id <> ''

-- Which records stand in quarantine, of those that can be told, or are in this file as no exports? One row per record
-- of the source.
select identity
from quarantine
where source = $source and kind = $kind and settled_at is null
    and identity is not null and len(list_filter(identity, lambda one: one is null)) = 0
union
select identity from left_out where batch_id = $batch_id and identity is not null

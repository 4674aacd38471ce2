-- Which records stand in quarantine, of those that can be told? One row per record of the source.
select distinct identity
from quarantine
where source = $source and kind = $kind and settled_at is null
    and identity is not null and len(list_filter(identity, lambda one: one is null)) = 0

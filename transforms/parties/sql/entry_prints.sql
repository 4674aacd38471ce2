-- By what is a party matched to each entry of the lists? One row per entry, with a hash of its names, countries and
-- addresses: where it is the same, so are its matches.
select
    entry_id,
    hash(list((listed_name, kind, type, is_weak, countries, address) order by listed_name, kind, address)) as print
from listed_names
group by entry_id

-- What are their names? One row per name of a changed entry.
from all_listed_names
where entry_id in (select entry_id from changed_entries)

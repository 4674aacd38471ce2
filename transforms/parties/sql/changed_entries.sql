-- Which entries came, or are matched otherwise, since parties were last held against the lists? One row per entry.
select entry_id
from entry_prints
anti join entries_before using (entry_id, print)

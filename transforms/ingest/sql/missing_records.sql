-- Which records that are known of the days of this extract does it not have? One row per record. A row that went to
-- quarantine may be any record that it names, and such a record is not missing.
from not_come as n
anti join aside_records as a on a.identity = n.identity
where n.identity[1] not in (select named from aside_names where named is not null)

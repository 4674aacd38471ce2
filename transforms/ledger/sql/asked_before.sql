-- Of which findings is it asked on what they rested? One row per finding that the last screening made.
select finding_id, source, shipment_id, line_number, rule_kind
from ledger
where outcome is not null

-- Of which findings is it asked on what they rest? One row per finding that this screening made.
select finding_id, source, shipment_id, line_number, rule_kind
from findings

-- Which lines with a finding that is closed by a decision were recorded anew since the last screening?
-- One row per line.
select distinct l.source, l.shipment_id, l.line_number
from lines as l
semi join (
    select source, shipment_id, line_number from ledger where closed_by = 'decision' and not $is_first
) as d using (source, shipment_id, line_number)
where l.batch_id > $previous_batch

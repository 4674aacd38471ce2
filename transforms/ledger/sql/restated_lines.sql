-- Which lines with a finding that is closed by a decision are known by another version now than the one that it was
-- decided on? One row per line and that version, by the batch that brought it; NULL where that is not known.
select distinct l.source, l.shipment_id, l.line_number, coalesce(l.line_batch, r.line_batch) as line_batch
from ledger as l
join seen_records as s on s.finding_id = l.finding_id
left join reread_findings as r on r.finding_id = l.finding_id
where l.closed_by = 'decision' and not $is_first and s.line_batch is distinct from coalesce(l.line_batch, r.line_batch)

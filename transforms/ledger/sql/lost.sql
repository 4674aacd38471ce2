-- Which findings are not made any more, and in which situation is their line now? One row per finding.
select l.finding_id, s.situation_id
from ledger as l
anti join findings using (finding_id)
left join placed_lines as p using (source, shipment_id, line_number)
left join subjects as s on s.situation_key = p.situation_key
where l.outcome is not null

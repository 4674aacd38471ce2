-- Which findings of lines that are decided as a whole does no row of the sheet decide? One row per line that has some,
-- by the finding that decides for it: what is open, or to take decisions back, what has one.
select l.finding_id as leading_id, list(o.rule_id order by o.rule_id) as rules
from decidable as l
join decidable as o
    on
        o.source = l.source and o.shipment_id = l.shipment_id and o.line_number is not distinct from l.line_number
        and (o.situation_id is null) = (l.situation_id is null)
where
    list_contains($leading::varchar[], l.finding_id)
    and not list_contains($decided::varchar[], o.finding_id)
    and if(list_contains($back::varchar[], l.finding_id), o.decided_in is not null, o.state = 'open')
group by l.finding_id

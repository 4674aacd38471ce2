-- Which lines of the period may be of the new entry of a split? One row per line, with the situation that it is in, all
-- told, and what speaks for it.
with found as (
    select l.rowid as line_row, l.situation_key, e.to_eccn, e.split_on, e.rank, e.is_proved, e.evidence
    from lines as l
    join evidence as e
        on e.part_number is not distinct from l.part_number and e.description is not distinct from l.description
        and e.eccn is not distinct from l.eccn and e.schedule_b is not distinct from l.schedule_b
    where l.export_on between $first_day and $last_day
        and l.known_from <= $known_at and (l.known_until is null or l.known_until > $known_at)
)

select f.* replace (coalesce(c.situation_key, f.situation_key) as situation_key)
from found as f
left join contexts as c on c.line_row = f.line_row

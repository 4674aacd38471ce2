-- Which lines of the period may be of the new entry of a split? One row per line, with the situation that it is in, all
-- told, and what speaks for it. `reform_key` is that of the situation that it would be in.
select l.line_id, l.situation_key, e.to_eccn, e.split_on, e.rank, e.is_proved, e.evidence, e.part_key,
    hash(l.situation_key, 'may be', e.to_eccn) as reform_key
from placed_lines as l
join evidence as e
    on e.part_number is not distinct from l.part_number and e.description is not distinct from l.description
    and e.eccn is not distinct from l.eccn and e.schedule_b is not distinct from l.schedule_b
where l.export_on between $first_day and $last_day

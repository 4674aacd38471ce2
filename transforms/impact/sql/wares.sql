-- What went under an ECCN that was split, or under none that can be read? One row per distinct part, description, ECCN
-- and Schedule B number of the period.
select distinct l.part_number, l.description, l.eccn, l.schedule_b
from current_lines as l
where l.line_situation_key in (
        select situation_key
        from situations
        where split_part(eccn, '.', 1) in (select from_eccn from entry_splits)
            or not is_eccn(eccn)
    )
    and l.export_on between $first_day and $last_day

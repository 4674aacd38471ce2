-- What went under an ECCN that was split, or under none that can be read? One row per distinct part, description, ECCN
-- and Schedule B number of the period.
select distinct l.part_number, l.description, l.eccn, l.schedule_b
from lines as l
where l.situation_key in (
        select situation_key
        from situations
        where split_part(eccn, '.', 1) in (select from_eccn from splits)
            or not coalesce(regexp_full_match(eccn, '[0-9][A-E][0-9]{3}(\.([a-z]+|[0-9]+))*') or eccn = 'EAR99', false)
    )
    and l.export_on between $first_day and $last_day
    and l.known_from <= $known_at and (l.known_until is null or l.known_until > $known_at)

-- Which lines of the period are in a situation of which the two laws say different things? One row per line.
with wanted as (
    select distinct situation_key from changes
),

lone as (
    select rowid as line_row, situation_key
    from lines
    where situation_key in (select situation_key from wanted)
        and export_on between $first_day and $last_day
        and known_from <= $known_at and (known_until is null or known_until > $known_at)
),

placed as (
    from lone anti join contexts using (line_row)
    union all
    select line_row, situation_key from contexts where situation_key in (select situation_key from wanted)
)

select
    p.situation_key, l.rowid as line_row, l.source, l.shipment_id, l.line_number, l.export_on, l.tendered_on,
    l.value_usd, l.part_number, l.consignee_name, l.destination
from placed as p
join lines as l on l.rowid = p.line_row
where l.export_on between $first_day and $last_day
    and l.known_from <= $known_at and (l.known_until is null or l.known_until > $known_at)

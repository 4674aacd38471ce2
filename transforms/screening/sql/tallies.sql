-- How many lines stand in each situation, worth what, and when? One row per situation with current lines.
-- This is the one full pass over the lines: everything that a report counts of lines that are clear comes from here.
select
    source, situation_key,
    count(*) as line_count, sum(value_usd) as value_usd, count(*) - count(value_usd) as lines_without_value,
    min(export_on) as first_export_on, max(export_on) as last_export_on
from lines
where known_from <= $known_at and (known_until is null or known_until > $known_at)
group by all

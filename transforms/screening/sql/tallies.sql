-- How many lines stand in each situation, worth what, and when? One row per situation with current lines.
-- This is the one full pass over the lines: everything that a report counts of lines that are clear comes from here.
select
    l.source, l.situation_key,
    count(*) as line_count, sum(l.value_usd) as value_usd, count(*) - count(l.value_usd) as lines_without_value,
    min(l.export_on) as first_export_on, max(l.export_on) as last_export_on
from placed_lines as l
group by all

-- How many lines stand in each situation, worth what, and when? One row per source and situation with lines: everything
-- that a report counts of lines that are clear comes from here.
select
    source, situation_key, sum(line_count)::bigint as line_count, sum(value_usd) as value_usd,
    sum(lines_without_value)::bigint as lines_without_value, min(first_export_on) as first_export_on,
    max(last_export_on) as last_export_on
from monthly
group by all

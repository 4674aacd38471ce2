-- How many lines stand in each situation, month by month, worth what, and when?
-- One row per source, situation and month.
select
    date_trunc('month', export_on)::date as month, source, situation_key, count(*) as line_count,
    sum(value_usd) as value_usd, count(*) - count(value_usd) as lines_without_value,
    min(export_on) as first_export_on, max(export_on) as last_export_on
from counted_lines
group by all

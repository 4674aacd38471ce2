-- How many lines left on each day, worth what? One row per day with lines, as known at the time asked for.
select export_on, sum(line_count)::bigint as line_count, sum(value_usd) as value_usd
from daily
group by export_on

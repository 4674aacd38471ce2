-- How many lines left on each day, worth what? One row per day with lines, as known at the time asked for.
select export_on, count(*) as line_count, sum(value_usd) as value_usd
from lines
where known_from <= $known_at and (known_until is null or known_until > $known_at)
group by export_on

-- How many lines have no value in US dollars, and why? One row where some are in another currency without an exchange
-- rate: those that record no value, and those.
select
    count(*) filter (value_usd is null and value_recorded is null) as without_value,
    count(value_recorded) filter (value_usd is null) as without_rate
from current_lines
having without_rate > 0

-- Which destinations are within the named scopes of the check at hand, and when? One row per scope, destination and
-- stretch of days: in, unknown or out; a destination without a row is out on all days.
select c.name, d.destination, d.from_on, d.until_on, d.state, d.note
from check_scopes as c
join place_states as d using (place_key)
where c.version_key = $version_key

-- What do the controls see of a situation? The rows of `control_situations`, once per law, under the keys of
-- `spread_control_verdicts.sql`.
select c.* replace (hash(c.control_key, v.variant) as control_key)
from control_situations as c
cross join variants as v

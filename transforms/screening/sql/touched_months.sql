-- In which months may counts have changed? One row per month of a line that came, ended, or was asked about again.
select distinct date_trunc('month', export_on)::date as month
from (select export_on from touched_lines union all select export_on from changed_lines)

-- What is the outcome of each line that has findings? One row per line: flagged by any rule, else undetermined. A
-- filing in AES that belongs to no line is in no situation: it is a finding, and no line.
select
    source, shipment_id, line_number, any_value(export_on) as export_on, any_value(value_usd) as value_usd,
    case when bool_or(outcome = 'flagged') then 'flagged' else 'undetermined' end as outcome
from findings
where situation_id is not null
group by source, shipment_id, line_number

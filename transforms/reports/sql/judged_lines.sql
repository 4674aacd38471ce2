-- What is the outcome of each line that has findings? One row per line: flagged by any rule, else undetermined.
select
    source, shipment_id, line_number, any_value(export_on) as export_on, any_value(value_usd) as value_usd,
    case when bool_or(outcome = 'flagged') then 'flagged' else 'undetermined' end as outcome
from findings
group by source, shipment_id, line_number

-- When did the lines that need a person leave? One row per month and outcome of the line.
select strftime(export_on, '%Y-%m') as month, outcome, count(*) as line_count, sum(value_usd) as value_usd
from judged_lines
group by all
order by all

-- In which months of export are the lines? One row per month.
select date_trunc('month', export_on)::date as month, count(*) as rows
from lines
group by month
order by month

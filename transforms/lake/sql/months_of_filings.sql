-- In which months of export are the filings? One row per month; NULL where a filing tells no day.
select date_trunc('month', export_on)::date as month, count(*) as rows
from filings
group by month
order by month

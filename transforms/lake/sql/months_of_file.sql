-- Of which months of export are the rows of this file? One row per month; the first of all where a row tells no day.
select distinct coalesce(date_trunc('month', export_on)::date, date '0001-01-01') as month
from read_parquet($file, hive_partitioning = false)
order by month

-- How many rows are in this file? One row.
select count(*) as rows
from read_parquet($file, hive_partitioning = false)

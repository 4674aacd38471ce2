-- Which ITNs stand on lines that cannot be one filing, in one part or in several? One row per ITN.
select use_key
from read_parquet($files::varchar[], hive_partitioning = false)
group by use_key
having min(least_hash) <> max(greatest_hash)

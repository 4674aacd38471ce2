-- In which homes is the USPPI of some line known by its number, whichever part it is in? One row per realm.
select distinct realm
from read_parquet($files::varchar[], hive_partitioning = false)

-- Which lines are in these parts? One row per version of a line, as the table of a home holds it. Where it lies is told
-- by the file and the row in it: that holds while the list of files stays the same.
select (file_index << 40) + file_row_number as rowid, * exclude (file_row_number), null::ubigint as context_key
from read_parquet($files::varchar[], file_row_number = true, hive_partitioning = false)

-- Which lines of filings are in these parts? One row per version, as the table of a home holds it.
from read_parquet($files::varchar[], hive_partitioning = false)

"""A lake: lines and filings as Parquet files, cut by month, and the commits that say which files count."""

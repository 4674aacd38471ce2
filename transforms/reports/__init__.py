"""What a person reads: Parquet files, the manifest, the summary page."""

"""Hold what CBP has (the filings of AES) against what was shipped, and say where they differ."""

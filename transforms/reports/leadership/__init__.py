"""The report for leaders and for the desk: a page, a workbook and Parquet for a period, and facts for a disclosure."""

-- Which item records of this batch have several rows, and do the rows that can be read agree? One row per such record.
select identity_hash, min(row_hash) <> max(row_hash) as is_conflict, min(rowid) as first_row
from told_rows
group by identity_hash

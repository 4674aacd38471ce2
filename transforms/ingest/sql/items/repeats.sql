-- Which item records of this batch have more than one row, and do the rows agree? One row per such record.
select identity_hash, min(row_hash) <> max(row_hash) as is_conflict, min(rowid) as first_row
from items
where batch_id = $batch_id
group by identity_hash
having count(*) > 1

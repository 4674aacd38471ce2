-- Which lines of filings in this batch have more than one row, and do the rows agree? One row per such line.
-- What was found to be an earlier version is no row of it any more.
select identity_hash, min(row_hash) <> max(row_hash) as is_conflict, min(rowid) as first_row
from filings
where batch_id = $batch_id and known_until is null
group by identity_hash
having count(*) > 1

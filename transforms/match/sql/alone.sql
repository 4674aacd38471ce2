-- Which line and which filing line share a key that no other has? They are each other's. One row per such pair.
select
    min(first_line_id) as line_id, min(filing_id) as filing_id, $matched_by as matched_by, source,
    null::ubigint as group_id
from filing_side
group by source, match_key
having count(*) = 1 and min(line_count) = 1

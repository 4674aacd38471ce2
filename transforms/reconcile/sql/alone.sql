-- Where one line and one filing line share the key and no other does, they are each other's. One row per such pair.
select
    min(first_line_row) as line_row, min(filing_row) as filing_row, $matched_by as matched_by, source,
    null::bigint as group_row
from filing_side
group by source, match_key
having count(*) = 1 and min(line_count) = 1

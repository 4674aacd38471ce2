-- Which groups have one line or one filing line? All of such a group belongs together and its sums are compared. One
-- row per pair. 15 CFR 30.37(a): lines of one Schedule B number and origin are summed; AES may hold them as one.
select
    unnest(case when line_count = 1 then repeat(line_ids, filing_count) else line_ids end) as line_id,
    unnest(case when filing_count = 1 then repeat(filing_ids, line_count) else filing_ids end) as filing_id,
    $matched_by as matched_by, source,
    case when line_count + filing_count > 2 then first_filing_id end as group_id
from groups
where line_count = 1 or filing_count = 1

-- Which filing lines could be the one looked for? One row per filing line and source of lines with the same key;
-- a filing line that is matched to a line of that source is no longer free.
with keys as (
    select source, match_key, count(*) as line_count, min(line_id) as first_line_id
    from line_side
    group by source, match_key
)

select f.filing_id, k.source, f.match_key, k.line_count, k.first_line_id
from free_filings as f
join keys as k on k.match_key = f.match_key
where not exists (select 1 from filing_matches as m where m.filing_id = f.filing_id and m.source = k.source)

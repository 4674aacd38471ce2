-- Under which ITNs did the lines of a part leave, and as one filing or as several? One row per ITN; which of several
-- is told by the least and the greatest hash, so that parts can be put together.
select xor(itn_hash, realm) as use_key, min(filing_hash) as least_hash, max(filing_hash) as greatest_hash
from current_lines
where itn_hash is not null and coalesce(activity, '') in ('', 'export')
group by use_key

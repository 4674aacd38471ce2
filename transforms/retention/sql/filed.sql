-- When was each filing last touched? One row per source and ITN, all its versions taken.
select source, itn, max(greatest(export_on, known_until::date)) as latest_on, count(*) as versions
from filings
group by source, itn
